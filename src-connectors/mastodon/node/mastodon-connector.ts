import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { mastodon } from 'masto';
import { z } from 'zod';
import type { Visibility } from '../../../src-shared/domain/variant-content.ts';
import type {
  Connector,
  ConnectorContext,
  FrozenPublication,
  PostMetrics,
  PublishableVariant,
  Published,
  Reconciliation,
} from '../../common/node/connector.ts';
import { notRemoved, PublishError } from '../../common/node/publish-error.ts';
import { comparableHtml, comparableText } from './compare-status.ts';
import { checkMastodonAccount, signInToMastodon } from './connect-mastodon.ts';
import { openMastodon } from './mastodon-client.ts';
import { hasStatus, toMastodonError } from './mastodon-errors.ts';

const frozenVersion = 1;

const statusSchema = z.strictObject({
  text: z.string(),
  mediaIds: z.array(z.string()),
  files: z.array(z.strictObject({ path: z.string(), mimeType: z.string(), altText: z.string() })),
});

const frozenSchema = z.strictObject({
  visibility: z.enum(['public', 'unlisted', 'private', 'direct']),
  spoilerText: z.string().nullable(),
  language: z.string().nullable(),
  statuses: z.array(statusSchema).min(1),
});
type FrozenMastodon = z.infer<typeof frozenSchema>;
type FrozenStatus = z.infer<typeof statusSchema>;

const visibilities: Readonly<Record<Visibility, FrozenMastodon['visibility']>> = {
  public: 'public',
  unlisted: 'unlisted',
  followers: 'private',
  mentioned: 'direct',
};

/**
 * Servers remember an idempotency key for an hour (https://docs.joinmastodon.org/methods/statuses/#headers); clocks and
 * slow lines take a part of it. Until then the same key makes no second post; after it one has to look.
 */
const keyLifetimeMs = 50 * 60_000;

/** Mastodon, by the `masto` library. Tested against a stand-in only, never against a real server. */
export function createMastodonConnector(): Connector {
  return {
    platform: 'mastodon',
    prepare,
    publish,
    reconcile,
    readMetrics,
    remove,
    check: checkMastodonAccount,
    signInAgain: ({ serviceUrl }, accessToken, options) =>
      signInToMastodon({ serviceUrl: serviceUrl ?? '', accessToken }, options),
  };
}

async function prepare(variant: PublishableVariant, context: ConnectorContext): Promise<FrozenPublication> {
  return call(context, { isReading: true }, async () => {
    const client = await openMastodon(context, { isUpload: true });
    const statuses: FrozenStatus[] = [];
    for (const { text, media } of variant.parts) {
      const files = media.map(({ path, mimeType, altText }) => ({ path, mimeType, altText }));
      statuses.push({ text, files, mediaIds: await upload(client, files) });
    }
    const { settings } = context.account;
    const fallback = settings.platform === 'mastodon' ? settings.visibility : 'public';
    const content: FrozenMastodon = {
      visibility: visibilities[variant.visibility ?? fallback],
      spoilerText: variant.contentWarning,
      language: variant.languages[0]?.split('-')[0]?.toLowerCase() ?? null,
      statuses,
    };
    return {
      platform: 'mastodon',
      version: frozenVersion,
      handle: variant.targetId,
      createdAt: context.now().toISOString(),
      content,
    };
  });
}

async function upload(client: mastodon.rest.Client, files: FrozenStatus['files']): Promise<string[]> {
  const ids: string[] = [];
  for (const { path, mimeType, altText } of files) {
    const file = new File([await readFile(path)], basename(path), { type: mimeType });
    const { id } = await client.v2.media.create({ file, description: altText });
    ids.push(id);
  }
  return ids;
}

/** One status after the other. What is there already is found by its key, and after its time by looking. */
async function publish(frozen: FrozenPublication, context: ConnectorContext): Promise<Published> {
  const content = frozenSchema.parse(frozen.content);
  const mayBeForgotten = isKeyOld(context) || context.unknownSince !== null;
  const thread: mastodon.v1.Status[] = [];
  try {
    return await call(context, { isReading: false }, async () => {
      const client = await openMastodon(context);
      const there = mayBeForgotten ? await findStatuses(client, { frozen, content }, context) : [];
      for (const [index, status] of content.statuses.entries()) {
        const sent =
          there[index] ??
          (await send(client, content, status, {
            key: `${frozen.handle}:${index}`,
            inReplyToId: thread.at(-1)?.id,
          }));
        thread.push(sent);
      }
      return publishedAs(thread);
    });
  } catch (thrown) {
    throw thrown instanceof PublishError && thread.length > 0 ? thrown.asBegun() : thrown;
  }
}

async function send(
  client: mastodon.rest.Client,
  { visibility, spoilerText, language }: FrozenMastodon,
  { text, mediaIds, files }: FrozenStatus,
  { key, inReplyToId }: { key: string; inReplyToId: string | undefined },
): Promise<mastodon.v1.Status> {
  const create = (ids: string[]) => {
    const shared = {
      visibility,
      ...(spoilerText === null ? {} : { spoilerText, sensitive: true }),
      ...(language === null ? {} : { language }),
      ...(inReplyToId === undefined ? {} : { inReplyToId }),
    };
    const requestInit = { headers: new Headers({ 'Idempotency-Key': key }) };
    return ids.length === 0
      ? client.v1.statuses.create({ ...shared, status: text }, { requestInit })
      : client.v1.statuses.create({ ...shared, status: text, mediaIds: ids }, { requestInit });
  };
  try {
    return await create(mediaIds);
  } catch (thrown) {
    // Servers forget files that no post uses after a day; then nothing was posted, and they are sent again.
    if (files.length === 0 || !hasStatus(thrown, 422)) throw thrown;
    return create(await upload(client, files));
  }
}

async function reconcile(frozen: FrozenPublication, context: ConnectorContext): Promise<Reconciliation> {
  const content = frozenSchema.parse(frozen.content);
  const isKeyForgotten = isKeyOld(context);
  return call(context, { isReading: true }, async () => {
    const there = await findStatuses(await openMastodon(context), { frozen, content }, context);
    const thread = there.filter((status) => status !== undefined);
    if (thread.length === there.length) return { state: 'found', published: publishedAs(thread) };
    if (thread.length > 0) return { state: 'begun' };
    if (!isKeyForgotten) return { state: 'absent' };
    return {
      state: 'unknown',
      reason:
        'It is not among the posts of the account now. Either it never arrived, or it was deleted there since; after an hour the server does not tell which.',
    };
  });
}

/**
 * The statuses of the account that say what was frozen, in its order; undefined where one is missing. Of those that are
 * known to be another post with the same words none counts.
 */
async function findStatuses(
  client: mastodon.rest.Client,
  { frozen, content }: { frozen: FrozenPublication; content: FrozenMastodon },
  { unknownSince, isAnother }: Pick<ConnectorContext, 'unknownSince' | 'isAnother'>,
): Promise<(mastodon.v1.Status | undefined)[]> {
  const { id } = await client.v1.accounts.verifyCredentials();
  const frozenMs = Date.parse(frozen.createdAt);
  const firstMs = unknownSince === null ? frozenMs : Math.min(frozenMs, Date.parse(unknownSince));
  const since = firstMs - clockDifferenceMs;
  const mine: mastodon.v1.Status[] = [];
  for await (const page of client.v1.accounts
    .$select(id)
    .statuses.list({ limit: 40, excludeReblogs: true })) {
    mine.push(...page);
    const oldest = page.at(-1);
    if (oldest === undefined || Date.parse(oldest.createdAt) < since) break;
  }
  const recent = mine.filter(({ createdAt }) => Date.parse(createdAt) >= since);
  return content.statuses.map((status) => {
    const index = recent.findIndex(
      (candidate) => isSame(candidate, status, content) && !isAnother(candidate.id),
    );
    // The same words twice in one thread are two statuses.
    return index < 0 ? undefined : recent.splice(index, 1)[0];
  });
}

const clockDifferenceMs = 10 * 60_000;

function isSame(found: mastodon.v1.Status, status: FrozenStatus, content: FrozenMastodon): boolean {
  return (
    comparableHtml(found.content) === comparableText(status.text) &&
    found.mediaAttachments.length === status.mediaIds.length &&
    comparableText(found.spoilerText) === comparableText(content.spoilerText ?? '')
  );
}

async function readMetrics({ remoteId }: Published, context: ConnectorContext): Promise<PostMetrics> {
  return call(context, { isReading: true }, async () => {
    const client = await openMastodon(context);
    const status = await client.v1.statuses.$select(remoteId).fetch();
    return {
      readAt: context.now().toISOString(),
      likes: status.favouritesCount,
      reposts: status.reblogsCount,
      replies: status.repliesCount,
      quotes: null,
      views: null,
    };
  });
}

/** The last answer first, so that what remains where one fails is the beginning of the thread, and not its end. */
async function remove({ remoteId, answerIds = [] }: Published, context: ConnectorContext): Promise<void> {
  const ids = [remoteId, ...answerIds];
  const remaining = [...ids];
  try {
    await call(context, { isReading: false }, async () => {
      const client = await openMastodon(context);
      for (let id = remaining.at(-1); id !== undefined; id = remaining.at(-1)) {
        await removeOne(client, id);
        remaining.pop();
      }
    });
  } catch (thrown) {
    if (thrown instanceof PublishError) throw notRemoved(thrown, remaining, ids.length);
    throw thrown;
  }
}

async function removeOne(client: mastodon.rest.Client, id: string): Promise<void> {
  try {
    await client.v1.statuses.$select(id).remove();
  } catch (thrown) {
    if (!hasStatus(thrown, 404)) throw thrown;
  }
}

function isKeyOld({ firstSentAt, now }: ConnectorContext): boolean {
  return firstSentAt !== null && now().getTime() - Date.parse(firstSentAt) > keyLifetimeMs;
}

function publishedAs([first, ...answers]: readonly mastodon.v1.Status[]): Published {
  if (first === undefined) throw new Error('a publication has at least one post');
  return {
    remoteId: first.id,
    url: first.url ?? first.uri,
    ...(answers.length === 0 ? {} : { answerIds: answers.map(({ id }) => id) }),
  };
}

async function call<Value>(
  { signal, now }: ConnectorContext,
  kind: { isReading: boolean },
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work();
  } catch (thrown) {
    signal.throwIfAborted();
    throw toMastodonError(thrown, { ...kind, now: now() });
  }
}
