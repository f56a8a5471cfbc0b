import { basename, extname } from 'node:path';
import { DateTime } from 'luxon';
import { appLanguage } from '../../src-shared/domain/app-language.ts';
import type { Description } from '../../src-data/assets.ts';
import type { AssetKind } from '../../src-shared/domain/asset.ts';

export interface FileFacts {
  originalName: string;
  kind: AssetKind | null;
  /** ISO 8601, UTC. */
  capturedAt: string | null;
}

/** Names that devices give by themselves: they say nothing to a person. */
const deviceName =
  /^(img|image|dsc|dscn|dscf|mvi|mov|vid|video|pxl|gopr|gx|gh|dji|rec|recording|audio|voice|aud|ptt|screenshot|screencast|untitled|new recording)?[\s._-]*[\d\s._-]*$/i;

const kindTitles = { audio: 'Recording', video: 'Video', image: 'Picture' } as const satisfies Record<
  AssetKind,
  string
>;

/**
 * Describes what nobody speaks in: from the file's name, or where a device chose that name, from kind and date. No
 * model is asked, so nothing is made up.
 * @param zone IANA zone in which the date is told; default: this machine's
 */
export function describeFromMetadata(facts: FileFacts, zone = 'local'): Description {
  const name = basename(facts.originalName, extname(facts.originalName));
  const readable = name.replace(/[_\s]+/g, ' ').trim();
  const title =
    deviceName.test(readable) && facts.capturedAt !== null
      ? `${kindTitles[facts.kind ?? 'audio']}, ${formatDay(facts.capturedAt, zone)}`
      : readable === ''
        ? facts.originalName
        : readable;
  return { title, summary: null, hook: null, keywords: [], chapters: [] };
}

function formatDay(instant: string, zone: string): string {
  return DateTime.fromISO(instant, { zone }).setLocale(appLanguage).toFormat('d MMMM yyyy, HH:mm');
}
