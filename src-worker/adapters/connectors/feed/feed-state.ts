import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readErrorCode } from '../../../../src-node/data-folder.ts';
import { replaceFile } from '../../../../src-node/replace-file.ts';

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

export async function readFeedState(folder: string): Promise<FeedState> {
  try {
    return feedStateSchema.parse(JSON.parse(await readFile(join(folder, feedStateName), 'utf8')));
  } catch (thrown) {
    if (readErrorCode(thrown) === 'ENOENT') return { version: 1, episodes: [], removedGuids: [] };
    throw thrown;
  }
}

/** Readers see the old file or the whole new one, also after a power cut. */
export async function writeWhole(path: string, content: string): Promise<void> {
  await replaceFile(path, async (temporaryPath) => {
    const file = await open(temporaryPath, 'w', 0o644);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  });
}
