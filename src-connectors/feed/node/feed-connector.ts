import { existsSync } from 'node:fs';
import { access, copyFile, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { extname, join, parse } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { readErrorCode } from '../../../src-node/data-folder.ts';
import { replaceFile } from '../../../src-node/replace-file.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { firstGraphemes } from '../../../src-shared/domain/platforms/count-text.ts';
import type {
  Connector,
  ConnectorContext,
  FrozenPublication,
  PublishableVariant,
  Published,
  Reconciliation,
} from '../../common/node/connector.ts';
import { expectPrepared, NotBegunError, PublishError } from '../../common/node/publish-error.ts';
import { writeWhole } from '../../common/node/write-whole.ts';
import type { FeedDetails, FeedSettings } from '../shared/feed.ts';
import {
  feedStateName,
  isFeed,
  readFeedState,
  writeFeedState,
  type Episode,
  type FeedState,
} from './feed-state.ts';
import { addressOf, jsonName, rssName, writeJsonFeed, writeRss } from './write-feeds.ts';

const frozenVersion = 1;

const guidPrefix = 'longhand:';

const frozenSchema = z.strictObject({
  title: z.string(),
  text: z.string(),
  media: z
    .strictObject({
      sourcePath: z.string(),
      file: z.string(),
      mimeType: z.string(),
      durationMs: z.int().nonnegative().nullable(),
      altText: z.string(),
    })
    .nullable(),
});
type FrozenFeedItem = z.infer<typeof frozenSchema>;

/** A folder with an RSS and a JSON feed and the recordings in it. Needs no network; putting it on the web is the person's. */
export function createFeedConnector(): Connector {
  return { platform: 'feed', prepare, publish, reconcile, readMetrics, remove, isFolderBack };
}

function prepare(variant: PublishableVariant, context: ConnectorContext): Promise<FrozenPublication> {
  const [part] = variant.parts;
  const [media] = part?.media ?? [];
  const title = (variant.title ?? '').trim();
  const firstLine = firstGraphemes(part?.text.trim().split('\n')[0] ?? '', 255);
  const content: FrozenFeedItem = {
    title: title !== '' ? title : firstLine,
    text: part?.text ?? '',
    media:
      media === undefined
        ? null
        : {
            sourcePath: media.path,
            file: `media/${fileNameFor(title, variant.targetId, media.path)}`,
            mimeType: media.mimeType,
            durationMs: media.durationMs,
            altText: media.altText,
          },
  };
  return Promise.resolve({
    platform: 'feed',
    version: frozenVersion,
    handle: `${guidPrefix}${variant.targetId}`,
    createdAt: context.now().toISOString(),
    content,
  });
}

async function publish(frozen: FrozenPublication, context: ConnectorContext): Promise<Published> {
  const { folder, details } = readSettings(context);
  const { handle: guid } = frozen;
  return inFolder(folder, async () => {
    if (!(await isFolderBack(context.account))) throw new NotBegunError(feedMissing(folder));
    const state = await readFeedState(folder);
    if (state.removedGuids.includes(guid)) throw removedMeanwhile();
    const there = state.episodes.find((episode) => episode.guid === guid);
    if (there === undefined) {
      const content = frozenSchema.parse(frozen.content);
      const media = await placeMedia(folder, content.media, context.signal);
      const { title, text } = content;
      const publishedAt = context.now().toISOString();
      await save(folder, details, {
        ...state,
        episodes: [{ guid, title, text, publishedAt, media }, ...state.episodes],
      });
    } else {
      // A crash may have come between the state and the feeds.
      await writeFeeds(folder, details, state);
    }
    return publishedAs(guid, details);
  });
}

async function reconcile(frozen: FrozenPublication, context: ConnectorContext): Promise<Reconciliation> {
  const { folder, details } = readSettings(context);
  return inFolder(folder, async () => {
    const { episodes, removedGuids } = await readFeedState(folder);
    if (removedGuids.includes(frozen.handle)) return { state: 'removed' };
    const isThere = episodes.some(({ guid }) => guid === frozen.handle);
    return isThere ? { state: 'found', published: publishedAs(frozen.handle, details) } : { state: 'absent' };
  });
}

/** Nobody counts who reads a folder. */
function readMetrics(_published: Published, { now }: ConnectorContext) {
  return Promise.resolve({
    readAt: now().toISOString(),
    likes: null,
    reposts: null,
    replies: null,
    quotes: null,
    views: null,
  });
}

async function remove({ remoteId }: Published, context: ConnectorContext): Promise<void> {
  const { folder, details } = readSettings(context);
  await inFolder(folder, async () => {
    const state = await readFeedState(folder);
    // Also where it is out of the state already: a crash may have come before the feeds, or before its recording went.
    await save(folder, details, {
      ...state,
      episodes: state.episodes.filter(({ guid }) => guid !== remoteId),
      removedGuids: [...new Set([...state.removedGuids, remoteId])],
    });
    for (const file of await listMediaOf(folder, remoteId)) await rm(file, { force: true });
  });
}

/** The recording of an episode, by its name: whatever the state says. */
async function listMediaOf(folder: string, guid: string): Promise<string[]> {
  const mediaFolder = join(folder, 'media');
  const names = existsSync(mediaFolder) ? await readdir(mediaFolder) : [];
  const end = `-${toFileId(guid.slice(guidPrefix.length))}`;
  return names.filter((name) => parse(name).name.endsWith(end)).map((name) => join(mediaFolder, name));
}

/** What the feed says of itself has changed. Its episodes are left alone; without any, the first one writes it. */
export async function rewriteFeeds(folder: string, details: FeedDetails): Promise<void> {
  await inFolder(folder, async () => {
    // Another process may add an episode meanwhile: what is written last has all of them.
    for (let written = await readFeedState(folder); written.episodes.length > 0;) {
      await writeFeeds(folder, details, written);
      const present = await readFeedState(folder);
      if (isDeepStrictEqual(present, written)) return;
      written = present;
    }
  });
}

/** The state first: the feeds can be made of it again at any time. */
async function save(folder: string, details: FeedDetails, state: FeedState): Promise<void> {
  await writeFeedState(folder, state);
  await writeFeeds(folder, details, state);
}

async function writeFeeds(folder: string, details: FeedDetails, state: FeedState): Promise<void> {
  const coverName = ['cover.jpg', 'cover.png'].find((name) => existsSync(join(folder, name))) ?? null;
  const newest = state.episodes[0]?.publishedAt;
  const updatedAt = newest === undefined ? new Date() : new Date(newest);
  const source = { details, episodes: state.episodes, coverName, updatedAt };
  await writeWhole(join(folder, rssName), writeRss(source));
  await writeWhole(join(folder, jsonName), writeJsonFeed(source));
}

async function placeMedia(
  folder: string,
  media: FrozenFeedItem['media'],
  signal: AbortSignal,
): Promise<Episode['media']> {
  if (media === null) return null;
  const { sourcePath, file, ...facts } = media;
  const path = join(folder, file);
  await makeSubfolder(join(path, '..'));
  await expectPrepared(sourcePath);
  // Also where one is there: a crash before the episode was written may have left it, and the post was edited since.
  await replaceFile(path, async (temporaryPath) => {
    await copyFile(sourcePath, temporaryPath);
    signal.throwIfAborted();
    const copied = await open(temporaryPath, 'r+');
    await copied.sync().finally(() => copied.close());
  });
  const { size: sizeBytes } = await stat(path);
  return { file, sizeBytes, ...facts };
}

/** Of the feed only: where that is gone, nothing is made in its place. */
async function makeSubfolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (thrown) {
    if (readErrorCode(thrown) !== 'EEXIST') throw thrown;
  }
}

/** Readable, and never the same for two posts. */
function fileNameFor(title: string, targetId: string, path: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .slice(0, 60);
  return `${words === '' ? 'episode' : words}-${toFileId(targetId)}${extname(path)}`;
}

function toFileId(targetId: string): string {
  return targetId.replace(/[^a-z0-9]/gu, '');
}

/** One change of a folder at a time, or two posts that are due at once would lose one another. */
const queues = new Map<string, Promise<unknown>>();

async function inFolder<Value>(folder: string, work: () => Promise<Value>): Promise<Value> {
  const before = queues.get(folder) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(work);
  queues.set(folder, mine);
  try {
    return await mine;
  } catch (thrown) {
    throw toFolderError(thrown, folder);
  } finally {
    if (queues.get(folder) === mine) queues.delete(folder);
  }
}

/** What goes wrong with a folder may go away: a drive that is not there yet, a disk that is full. */
function toFolderError(thrown: unknown, folder: string): unknown {
  if (thrown instanceof AppError || readErrorCode(thrown) === undefined) return thrown;
  if (!isFeed(folder)) return feedMissing(folder, thrown);
  const code = readErrorCode(thrown) ?? 'unknown';
  return new AppError({
    code: 'platform.folder-unwritable',
    userMessage: `The folder of the feed, ${folder}, cannot be written: ${whyUnwritable(code)} Nothing was published half, and it is tried again by itself.`,
    retry: 'auto',
    details: { folder, code },
    cause: thrown,
  });
}

/** Its drive is not connected, or somebody has moved it: it is waited for, and never made anew. */
export function feedMissing(folder: string, cause?: unknown): AppError {
  return new AppError({
    code: 'platform.folder-missing',
    userMessage: `The folder of the feed, ${folder}, is not there. Nothing was written, and no new feed was made in its place. Connect its drive or put the folder back, and what waits goes on by itself; or choose another folder for the feed in Settings, under Accounts.`,
    retry: 'auto',
    details: { folder },
    cause,
  });
}

/** Why, and what to do about it. */
function whyUnwritable(code: string): string {
  switch (code) {
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return 'Longhand may not write there. Give yourself write access to it, or choose another folder for the feed in Settings, under Accounts.';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'its disk is full. Free some space.';
    default:
      return `the system says ${code}. Connect its drive, or choose another folder for the feed in Settings, under Accounts.`;
  }
}

/** Asynchronously, since a drive that hangs must not hold up everything else. */
async function isFolderBack(account: Account): Promise<boolean> {
  try {
    await access(join(readSettings({ account }).folder, feedStateName));
    return true;
  } catch (thrown) {
    if (readErrorCode(thrown) === undefined) throw thrown;
    return false;
  }
}

function readSettings({ account }: Pick<ConnectorContext, 'account'>): FeedSettings {
  if (account.settings.platform !== 'feed') throw new Error('this account is no feed');
  return account.settings;
}

function publishedAs(guid: string, details: FeedDetails): Published {
  return { remoteId: guid, url: addressOf(details, rssName) };
}

function removedMeanwhile(): PublishError {
  return new PublishError({
    kind: 'refused',
    userMessage:
      'The episode was published and then taken out of the feed, so it was not added again. Duplicate the post if you want it back.',
    details: { wasRemoved: true },
  });
}
