import { AppError } from '../../src-shared/domain/errors.ts';
import {
  classifyMediaError,
  mediaUnsupported,
  mediaZeroDuration,
  type FileState,
  type MediaFailureEvidence,
} from '../adapters/media/classify-media-error.ts';
import { samplesToMs } from './audio-format.ts';

/** How a run of ffmpeg ended. */
export interface DecodeEnd {
  fileName: string;
  /** What the file was like when it was looked at again afterwards. */
  file: FileState;
  /** Null where a signal ended it. */
  exitCode: number | null;
  exitSignal: string | null;
  /** The last lines that ffmpeg wrote. */
  toolOutput: string;
  /** Where this run began to listen … */
  startSample: number;
  /** … and where the sound ended. */
  endSample: number;
  /** The length that the container promises; null where it promises none. */
  expectedMs: number | null;
}

/** A recording may be this much shorter than its container says before we speak of it. */
const toleratedShortfallMs = 2000;
const toleratedShortfallRatio = 0.02;

/**
 * What the end of decoding means: nothing (`undefined`), or that the recording is cut short but what there is can be
 * used (`truncated`).
 *
 * @throws AppError where there is nothing to transcribe, or where going on would give a transcript that ends too early
 */
export function judgeDecodeEnd(end: DecodeEnd): 'truncated' | undefined {
  if (end.exitSignal !== null) throw classifyMediaError(evidenceOf(end));
  const heardNothing = end.endSample === 0 || (end.exitCode !== 0 && end.endSample === end.startSample);
  const isShort = heardNothing || end.exitCode !== 0 || isShorterThanPromised(end);
  if (isShort && end.file.state === 'missing') throw vanishedMeanwhile(end);
  if (heardNothing) throw explainNothingHeard(end);
  // A sound track may well be shorter than the pictures; only together with a complaint is something missing.
  const isBroken = end.exitCode !== 0 || damageComplaint.test(end.toolOutput);
  return isShort && isBroken ? 'truncated' : undefined;
}

const damageComplaint =
  /partial file|ended prematurely|corrupt|truncat|invalid data|invalid residual|do not match|Input\/output error/i;

function isShorterThanPromised({ expectedMs, endSample }: DecodeEnd): boolean {
  if (expectedMs === null) return false;
  const shortfallMs = expectedMs - samplesToMs(endSample);
  return shortfallMs > Math.max(toleratedShortfallMs, expectedMs * toleratedShortfallRatio);
}

function explainNothingHeard(end: DecodeEnd): AppError {
  if (end.exitCode === 0) return mediaZeroDuration(evidenceOf(end));
  const error = classifyMediaError(evidenceOf(end));
  // The caller has looked at the file before: it is media, so what fails here is its sound.
  return error.code === 'input.not-media' ? mediaUnsupported(evidenceOf(end)) : error;
}

function vanishedMeanwhile(end: DecodeEnd): AppError {
  return new AppError({
    code: 'storage.vanished',
    userMessage: `“${end.fileName}” went away while it was being transcribed. What is transcribed so far is kept; put it back or connect its drive, then try again, and the work goes on from there.`,
    retry: 'user',
    details: { fileName: end.fileName, exitCode: end.exitCode, toolOutput: end.toolOutput },
  });
}

function evidenceOf({ fileName, file, exitCode, exitSignal, toolOutput }: DecodeEnd): MediaFailureEvidence {
  return { operation: 'measure', fileName, file, exitCode, exitSignal, toolOutput };
}
