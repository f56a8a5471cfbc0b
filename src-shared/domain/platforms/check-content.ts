import type { AssetKind } from '../asset.ts';
import { countText, countTextBytes } from './count-as-platform.ts';
import { countGraphemes } from './count-text.ts';
import type { MediaLimit, PlatformLimits } from './platform-limits.ts';

/** What is known of a recording or picture when it is checked; null where it was not examined yet. */
export interface CheckedMedia {
  kind: AssetKind;
  sizeBytes: number | null;
  /** Of the clip, where there is one. */
  durationMs: number | null;
  mimeType: string | null;
  widthPx: number | null;
  heightPx: number | null;
  altText: string;
}

export interface CheckedContent {
  parts: readonly { text: string; media: readonly CheckedMedia[] }[];
  title: string | null;
  contentWarning: string | null;
}

export type LimitRule =
  | 'empty'
  | 'text-length'
  | 'text-bytes'
  | 'title-missing'
  | 'title-length'
  | 'content-warning'
  | 'thread-length'
  | 'media-required'
  | 'media-kind'
  | 'media-count'
  | 'media-mix'
  | 'media-duration'
  | 'media-size'
  | 'media-type'
  | 'alt-text-length'
  | 'alt-text-missing';

/**
 * `error`: it cannot be accepted. `fitted`: Longhand makes it fit by itself before it is due. `advice`: allowed, and
 * better done otherwise.
 */
export type LimitSeverity = 'error' | 'fitted' | 'advice';

export interface LimitFinding {
  rule: LimitRule;
  severity: LimitSeverity;
  /** Null: about the post as a whole. */
  partIndex: number | null;
  mediaIndex: number | null;
  /** A sentence for the person. */
  message: string;
}

/** Everything about a post that does not fit its platform. Errors come first. */
export function checkContent(content: CheckedContent, limits: PlatformLimits): LimitFinding[] {
  const findings = [
    ...checkWhole(content, limits),
    ...content.parts.flatMap((_part, partIndex) => checkPart(content, partIndex, limits)),
  ];
  const order: Record<LimitSeverity, number> = { error: 0, fitted: 1, advice: 2 };
  return findings.sort((left, right) => order[left.severity] - order[right.severity]);
}

export function hasErrors(findings: readonly LimitFinding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

function checkWhole(
  { parts, title, contentWarning }: CheckedContent,
  limits: PlatformLimits,
): LimitFinding[] {
  const whole = (rule: LimitRule, message: string, severity: LimitSeverity = 'error'): LimitFinding => ({
    rule,
    severity,
    partIndex: null,
    mediaIndex: null,
    message,
  });
  const findings: LimitFinding[] = [];
  if (parts.length > limits.maxThreadParts) {
    findings.push(
      whole(
        'thread-length',
        limits.maxThreadParts === 1
          ? 'Threads are not possible here: keep to one post.'
          : `A thread may have ${limits.maxThreadParts} posts at most; this one has ${parts.length}.`,
      ),
    );
  }
  if (limits.title !== null) {
    if (limits.title.isRequired && (title ?? '').trim() === '') {
      findings.push(whole('title-missing', 'A title is needed here.'));
    }
    const length = countGraphemes(title ?? '');
    if (length > limits.title.maxLength) {
      findings.push(
        whole('title-length', `The title is ${length - limits.title.maxLength} characters too long.`),
      );
    }
  }
  if (contentWarning !== null && !limits.hasContentWarning) {
    findings.push(whole('content-warning', 'Content warnings are not shown here.', 'advice'));
  }
  const media = parts.flatMap((part) => part.media);
  if (limits.requires !== 'text-or-media' && media.length === 0) {
    findings.push(whole('media-required', 'A picture or a recording is needed here.'));
  } else if (limits.requires === 'recording' && !media.some(({ kind }) => kind !== 'image')) {
    findings.push(whole('media-required', 'A recording is needed here.'));
  }
  return findings;
}

function checkPart(content: CheckedContent, partIndex: number, limits: PlatformLimits): LimitFinding[] {
  const part = content.parts[partIndex];
  if (part === undefined) return [];
  const about = (rule: LimitRule, message: string): LimitFinding => ({
    rule,
    severity: 'error',
    partIndex,
    mediaIndex: null,
    message,
  });
  const findings: LimitFinding[] = [];
  if (part.text.trim() === '' && part.media.length === 0) {
    findings.push(about('empty', 'There is nothing in it yet.'));
  }
  // Where there is a content warning, it counts as part of the text.
  const warning = limits.hasContentWarning ? countGraphemes(content.contentWarning ?? '') : 0;
  const tooLong = countText(part.text, limits.text) + warning - limits.text.maxLength;
  if (tooLong > 0) {
    findings.push(
      about('text-length', `The text is ${tooLong} ${tooLong === 1 ? 'character' : 'characters'} too long.`),
    );
  }
  const bytes = countTextBytes(part.text, limits.text);
  if (limits.text.maxBytes !== null && bytes > limits.text.maxBytes) {
    findings.push(
      about(
        'text-bytes',
        `The text takes ${bytes} bytes; ${limits.text.maxBytes} are possible. Emoji take the most.`,
      ),
    );
  }
  if (part.media.length > limits.maxMediaCount) {
    findings.push(about('media-count', `At most ${limits.maxMediaCount} attachments fit into one post.`));
  }
  const kinds = new Set(part.media.map(({ kind }) => kind));
  if (!limits.mixesKinds && kinds.size > 1) {
    findings.push(about('media-mix', 'Pictures and recordings cannot stand in one post here.'));
  }
  for (const kind of kinds) {
    const limit = limitFor(kind, limits);
    const count = part.media.filter((media) => media.kind === kind).length;
    if (limit !== null && count > limit.maxCount) {
      findings.push(
        about('media-count', `At most ${limit.maxCount} ${nounFor(kind, limit.maxCount)} per post.`),
      );
    }
  }
  return [
    ...findings,
    ...part.media.flatMap((media, mediaIndex) =>
      checkMedia(media, limits).map((finding) => ({ ...finding, partIndex, mediaIndex })),
    ),
  ];
}

/** The limit for a kind. A sound recording goes as a video with a still picture where only videos are taken. */
export function limitFor(kind: AssetKind, limits: PlatformLimits): MediaLimit | null {
  if (kind === 'audio') return limits.audio ?? limits.video;
  return limits[kind];
}

type MediaFinding = Pick<LimitFinding, 'rule' | 'severity' | 'message'>;

function checkMedia(media: CheckedMedia, limits: PlatformLimits): MediaFinding[] {
  const limit = limitFor(media.kind, limits);
  if (limit === null) {
    return [
      { rule: 'media-kind', severity: 'error', message: `${nounFor(media.kind, 2)} cannot be posted here.` },
    ];
  }
  const findings: MediaFinding[] = [];
  if (limit.maxDurationMs !== null && media.durationMs !== null && media.durationMs > limit.maxDurationMs) {
    findings.push({
      rule: 'media-duration',
      severity: 'error',
      message: `At most ${describeDuration(limit.maxDurationMs)} are possible here; this has ${describeDuration(media.durationMs)}. Choose a clip.`,
    });
  }
  const isOtherType = media.mimeType !== null && !limit.mimeTypes.includes(media.mimeType);
  const pixels = (media.widthPx ?? 0) * (media.heightPx ?? 0);
  if (isOtherType) {
    findings.push({
      rule: 'media-type',
      severity: 'fitted',
      message: 'It will be converted for this platform.',
    });
  } else if (
    (media.sizeBytes !== null && media.sizeBytes > limit.maxBytes) ||
    (limit.maxPixels !== null && pixels > limit.maxPixels)
  ) {
    findings.push({
      rule: 'media-size',
      severity: 'fitted',
      message: 'It will be made smaller to fit here.',
    });
  }
  const altLength = countGraphemes(media.altText);
  if (altLength > limits.altTextMaxLength && limits.altTextMaxLength > 0) {
    findings.push({
      rule: 'alt-text-length',
      severity: 'error',
      message: `The description is ${altLength - limits.altTextMaxLength} characters too long.`,
    });
  } else if (altLength === 0 && limits.altTextMaxLength > 0 && media.kind === 'image') {
    findings.push({
      rule: 'alt-text-missing',
      severity: 'advice',
      message: 'A description helps people who cannot see the picture.',
    });
  }
  return findings;
}

function nounFor(kind: AssetKind, count: number): string {
  const nouns = {
    image: ['picture', 'pictures'],
    video: ['video', 'videos'],
    audio: ['sound recording', 'sound recordings'],
  };
  return nouns[kind][count === 1 ? 0 : 1] ?? kind;
}

function describeDuration(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1_000);
  if (seconds < 120) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / 60);
  return seconds % 60 === 0 ? `${minutes} minutes` : `${minutes} minutes ${seconds % 60} seconds`;
}

/** The counter beside a text: how much there is and how much is possible. */
export interface TextMeasure {
  length: number;
  maxLength: number;
  bytes: number;
  maxBytes: number | null;
}

export function measureText(text: string, limits: PlatformLimits['text']): TextMeasure {
  return {
    length: countText(text, limits),
    maxLength: limits.maxLength,
    bytes: countTextBytes(text, limits),
    maxBytes: limits.maxBytes,
  };
}
