import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../common/node/write-whole.ts';

const episodeSchema = z.strictObject({
  /** Names the item for ever; players know by it what they have. */
  guid: z.string(),
  title: z.string(),
  text: z.string(),
  publishedAt: z.iso.datetime(),
  media: z
    .strictObject({
      /** Inside the folder. */
      file: z.string(),
      mimeType: z.string(),
      sizeBytes: z.int().nonnegative(),
      durationMs: z.int().nonnegative().nullable(),
      altText: z.string(),
    })
    .nullable(),
});
export type Episode = z.infer<typeof episodeSchema>;

const feedStateSchema = z.strictObject({
  version: z.literal(1),
  /** Newest first. */
  episodes: z.array(episodeSchema),
  /** What was taken out: it must not come back by a late try. */
  removedGuids: z.array(z.string()),
});
export type FeedState = z.infer<typeof feedStateSchema>;

/** What a feed holds, beside the feed itself: the folder can be moved, copied and put under version control. */
export const feedStateName = 'longhand-feed.json';

/**
 * A feed has its state from the beginning. A folder without it is no feed: most often the place where a drive is missing,
 * on which a new feed would stand in the way of the real one.
 */
export function isFeed(folder: string): boolean {
  return existsSync(join(folder, feedStateName));
}

export async function readFeedState(folder: string): Promise<FeedState> {
  return feedStateSchema.parse(JSON.parse(await readFile(join(folder, feedStateName), 'utf8')));
}

export async function writeFeedState(folder: string, state: FeedState): Promise<void> {
  await writeWhole(join(folder, feedStateName), `${JSON.stringify(state, null, 2)}\n`);
}

/** Makes a folder the place of a feed; where it is one already, its episodes stay. */
export async function beginFeed(folder: string): Promise<void> {
  if (!isFeed(folder)) await writeFeedState(folder, { version: 1, episodes: [], removedGuids: [] });
}
