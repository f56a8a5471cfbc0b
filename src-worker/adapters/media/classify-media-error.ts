import { AppError } from '../../../src-shared/domain/errors.ts';

export type MediaOperation = 'identify' | 'probe' | 'measure' | 'thumbnail' | 'hash' | 'copy' | 'write';

/** What the file was like when it was looked at again after the failure. */
export type FileState =
  | { state: 'present'; sizeBytes: number }
  | { state: 'missing' }
  | { state: 'unreadable' }
  | { state: 'folder' };

/** Everything observed about a failure. Plain data, so that the decision can be tested on captured output. */
export interface MediaFailureEvidence {
  operation: MediaOperation;
  /** Name without its folder, for the message. */
  fileName: string;
  file?: FileState;
  /** `code` of a Node file-system error. */
  errnoCode?: string | undefined;
  /** The last lines that ffmpeg or ffprobe wrote. */
  toolOutput?: string;
  exitCode?: number | null;
  exitSignal?: string | null;
  /** The kind that the first bytes show ("video/mp4", "application/pdf"); null where they show none. */
  detectedMime?: string | null;
  cause?: unknown;
}

const doing: Record<MediaOperation, string> = {
  identify: 'looking at it',
  probe: 'reading its details',
  measure: 'measuring its sound',
  thumbnail: 'making its preview picture',
  hash: 'reading it',
  copy: 'copying it',
  write: 'saving a preview of it',
};

/**
 * Names a failure. Causes outside the file (disk, permissions, the file gone) come before causes inside it, because
 * the media tool reports the first as the second.
 */
export function classifyMediaError(evidence: MediaFailureEvidence): AppError {
  return (
    classifyStorage(evidence) ??
    classifyTool(evidence) ??
    classifyContent(evidence) ??
    describeFailure(evidence, {
      code: 'media.failed',
      userMessage: `The media tool failed on “${evidence.fileName}” while ${doing[evidence.operation]}. The original is unchanged; try again, and if it fails twice, play the file in another program to see whether it is damaged.`,
      retry: 'user',
    })
  );
}

function classifyStorage(evidence: MediaFailureEvidence): AppError | null {
  const output = evidence.toolOutput ?? '';
  const { errnoCode, file, fileName } = evidence;
  if (
    errnoCode === 'ENOSPC' ||
    errnoCode === 'EDQUOT' ||
    /No space left on device|Disk quota exceeded/.test(output)
  ) {
    return describeFailure(evidence, {
      code: 'storage.disk-full',
      userMessage: `The disk became full while working on “${fileName}”. The original and everything saved before are unchanged; free some space and try again.`,
      retry: 'user',
    });
  }
  if (errnoCode === 'EROFS' || /Read-only file system/.test(output)) {
    return describeFailure(evidence, {
      code: 'storage.read-only',
      userMessage: `Nothing could be saved for “${fileName}”, because the data folder cannot be written. The original is unchanged; make the folder writable and try again.`,
      retry: 'user',
    });
  }
  if (file?.state === 'missing' || (file === undefined && errnoCode === 'ENOENT')) {
    return describeFailure(evidence, {
      code: 'storage.vanished',
      userMessage: `“${fileName}” is no longer where it was. What was learned from it before is kept; put it back or connect its drive, then try again.`,
      retry: 'user',
    });
  }
  if (file?.state === 'folder' || errnoCode === 'EISDIR') {
    return describeFailure(evidence, {
      code: 'input.not-media',
      userMessage: `“${fileName}” is a folder, not a recording. Nothing was changed; choose the files inside it.`,
      retry: 'never',
    });
  }
  if (
    file?.state === 'unreadable' ||
    errnoCode === 'EACCES' ||
    errnoCode === 'EPERM' ||
    errnoCode === 'EIO' ||
    /Permission denied|Input\/output error/.test(output)
  ) {
    return describeFailure(evidence, {
      code: 'storage.unreadable',
      userMessage: `“${fileName}” cannot be opened. It is unchanged; allow your account to read it, or check its drive, then try again.`,
      retry: 'user',
    });
  }
  if (file?.state === 'present' && file.sizeBytes === 0) {
    return describeFailure(evidence, {
      code: 'input.empty-file',
      userMessage: `“${fileName}” is empty: it holds 0 bytes. Nothing was changed; if it is still being copied, wait and add it again, otherwise choose another file.`,
      retry: 'user',
    });
  }
  return null;
}

function classifyTool(evidence: MediaFailureEvidence): AppError | null {
  const output = evidence.toolOutput ?? '';
  // The input is there (the storage checks came first), so it is the program that is missing.
  if (evidence.errnoCode === 'ENOENT' || evidence.errnoCode === 'ENOEXEC') {
    return describeFailure(evidence, {
      code: 'dependency.missing',
      userMessage: `The media tool could not be started, so “${evidence.fileName}” was not read. The original is unchanged; open the diagnostics to mend the installation.`,
      retry: 'user',
    });
  }
  // A crash (SIGSEGV) is for the last resort below: the same file would crash it again.
  if (evidence.exitSignal === 'SIGKILL' || /Cannot allocate memory/.test(output)) {
    return describeFailure(evidence, {
      code: 'media.failed',
      userMessage: `The media tool was stopped while working on “${evidence.fileName}”, perhaps because memory ran out. The original is unchanged; it is tried again.`,
      retry: 'auto',
    });
  }
  return null;
}

function classifyContent(evidence: MediaFailureEvidence): AppError | null {
  const output = evidence.toolOutput ?? '';
  const { fileName } = evidence;
  if (/Decoder \(codec .*\) not found|no decoder found for/.test(output)) {
    return mediaUnsupported(evidence);
  }
  if (/does not contain any stream|matches no streams/.test(output)) return mediaNoAudio(evidence);
  const isMediaByContent =
    evidence.detectedMime != null && /^(audio|video|image)\//.test(evidence.detectedMime);
  const isUnreadableContent = /moov atom not found|Invalid data found when processing input|End of file/.test(
    output,
  );
  if (isUnreadableContent && isMediaByContent) {
    return describeFailure(evidence, {
      code: 'media.truncated',
      userMessage: `“${fileName}” breaks off before its end, and nothing in it can be read. The file is unchanged; copy it again from where it came from, or export it again.`,
      retry: 'never',
    });
  }
  // ffprobe refused it, and its first bytes are no media's: text, play lists, documents, noise.
  const isRefusedAtFirstSight = evidence.operation === 'identify' || evidence.operation === 'probe';
  if (
    isUnreadableContent ||
    (isRefusedAtFirstSight && !isMediaByContent && evidence.detectedMime !== undefined)
  ) {
    return notMedia(evidence);
  }
  return null;
}

/** The file's content is no kind of media that is known here. */
export function notMedia(evidence: MediaFailureEvidence): AppError {
  const holds = evidence.detectedMime
    ? `its content is ${evidence.detectedMime}`
    : 'its content is something else';
  return describeFailure(evidence, {
    code: 'input.not-media',
    userMessage: `“${evidence.fileName}” is not a recording or a picture, whatever its name says: ${holds}. Nothing was changed; choose another file.`,
    retry: 'never',
  });
}

/** The file is media, but nothing in it can be decoded here. */
export function mediaUnsupported(evidence: MediaFailureEvidence): AppError {
  return describeFailure(evidence, {
    code: 'media.unsupported',
    userMessage: `“${evidence.fileName}” is in a format that cannot be read here. The file is unchanged; convert it to a common kind such as MP4, MP3 or JPEG and add that.`,
    retry: 'never',
  });
}

/** The file's content is encrypted. */
export function mediaProtected(evidence: MediaFailureEvidence): AppError {
  return describeFailure(evidence, {
    code: 'media.protected',
    userMessage: `“${evidence.fileName}” is copy-protected and cannot be read. The file is unchanged; choose a version without protection.`,
    retry: 'never',
  });
}

/** A container in good order in which nothing is recorded. */
export function mediaZeroDuration(evidence: MediaFailureEvidence): AppError {
  return describeFailure(evidence, {
    code: 'media.zero-duration',
    userMessage: `“${evidence.fileName}” has a length of 0 seconds: nothing is recorded in it. The file is unchanged; record again or choose another file.`,
    retry: 'never',
  });
}

/** A video (or picture) was asked for its sound and has none. */
function mediaNoAudio(evidence: MediaFailureEvidence): AppError {
  return describeFailure(evidence, {
    code: 'media.no-audio',
    userMessage: `“${evidence.fileName}” holds no sound, so there is nothing to listen to. The file is unchanged; choose the version with sound if there is one.`,
    retry: 'never',
  });
}

function describeFailure(
  evidence: MediaFailureEvidence,
  told: Pick<AppError, 'code' | 'userMessage' | 'retry'>,
): AppError {
  const { operation, errnoCode, exitCode, exitSignal, toolOutput, detectedMime } = evidence;
  return new AppError({
    ...told,
    details: {
      operation,
      fileName: evidence.fileName,
      ...(errnoCode === undefined ? {} : { errnoCode }),
      ...(exitCode == null ? {} : { exitCode }),
      ...(exitSignal ? { exitSignal } : {}),
      ...(detectedMime ? { detectedMime } : {}),
      ...(toolOutput ? { toolOutput: toolOutput.slice(-2000) } : {}),
    },
    cause: evidence.cause,
  });
}
