import type { AtpAgent } from '@atproto/api';
import type {
  Connector,
  ConnectorContext,
  FrozenPublication,
  PostMetrics,
  PublishableVariant,
  Published,
  Reconciliation,
} from '../../common/node/connector.ts';
import { readLinkCard, type LinkCard } from '../../common/node/link-card.ts';
import { notRemoved, PublishError } from '../../common/node/publish-error.ts';
import { isNamedError } from './bluesky-errors.ts';
import { withBlueskySession } from './bluesky-session.ts';
import { checkBlueskyAccount, signInToBlueskyAgain } from './connect-bluesky.ts';
import { makeLinkEmbed, makeMediaEmbed, uploadFile, type NeededBlob } from './embeds.ts';
import {
  freezeThread,
  frozenBlueskySchema,
  gateCollection,
  postCollection,
  type FrozenBluesky,
} from './freeze-thread.ts';
import { makeFacets } from './rich-text.ts';

const frozenVersion = 1;

export interface BlueskyOptions {
  readCard?: (url: string, signal: AbortSignal) => Promise<LinkCard | null>;
}

/** Bluesky, by its official library. */
export function createBlueskyConnector(options: BlueskyOptions = {}): Connector {
  const readCard = options.readCard ?? ((url, signal) => readLinkCard(url, { signal }));

  async function prepare(variant: PublishableVariant, context: ConnectorContext): Promise<FrozenPublication> {
    return withBlueskySession(context, { isReading: true }, async ({ agent, did, handle }) => {
      const blobs: NeededBlob[] = [];
      const posts: Record<string, unknown>[] = [];
      for (const part of variant.parts) {
        const { text, facets } = await makeFacets(part.text, agent);
        const embed =
          (await makeMediaEmbed(agent, part.media)) ??
          (await makeLinkEmbed(agent, part.text, (url) => readCard(url, context.signal)));
        blobs.push(...(embed?.blobs ?? []));
        posts.push({
          text,
          ...(facets.length === 0 ? {} : { facets }),
          ...(embed === null ? {} : { embed: embed.record }),
          ...(variant.languages.length === 0 ? {} : { langs: [...variant.languages] }),
        });
      }
      const createdAt = context.now().toISOString();
      const { targetId, writtenAt } = variant;
      const writes = await freezeThread({ did, createdAt, targetId, writtenAt }, posts);
      const content: FrozenBluesky = { did, handle, writes, blobs };
      return {
        platform: 'bluesky',
        version: frozenVersion,
        handle: writes[0]?.rkey ?? '',
        createdAt,
        // What the library made may hold more than JSON; what is saved may not.
        content: JSON.parse(JSON.stringify(content)) as Record<string, unknown>,
      };
    });
  }

  async function publish(frozen: FrozenPublication, context: ConnectorContext): Promise<Published> {
    const content = readFrozen(frozen);
    try {
      await send(content, context);
    } catch (thrown) {
      if (!(thrown instanceof PublishError) || thrown.kind !== 'unknown-outcome') throw thrown;
      // The server answers a second sending with an error of its own; a look tells whether it was that.
      const outcome = await look(content, context).catch(() => undefined);
      context.signal.throwIfAborted();
      if (outcome?.state === 'removed') throw removedMeanwhile();
      if (outcome?.state !== 'found') throw thrown;
    }
    return publishedAs(content);
  }

  return {
    platform: 'bluesky',
    prepare,
    publish,
    reconcile: (frozen, context) => look(readFrozen(frozen), context),
    readMetrics,
    remove,
    check: checkBlueskyAccount,
    signInAgain: signInToBlueskyAgain,
  };
}

/** All of it or nothing: the server takes the writes in one transaction. */
async function send(content: FrozenBluesky, context: ConnectorContext): Promise<void> {
  const { did: repo, writes, blobs } = content;
  await withBlueskySession(context, { isReading: false }, async ({ agent }) => {
    const apply = () =>
      agent.com.atproto.repo.applyWrites({
        repo,
        writes: writes.map((write) => ({ $type: 'com.atproto.repo.applyWrites#create' as const, ...write })),
      });
    try {
      await apply();
    } catch (thrown) {
      if (!isNamedError(thrown, 'BlobNotFound') || blobs.length === 0) throw thrown;
      // It was prepared long ago. The same files have the same names there.
      for (const blob of blobs) await uploadFile(agent, blob);
      await apply();
    }
  });
}

async function look(content: FrozenBluesky, context: ConnectorContext): Promise<Reconciliation> {
  return withBlueskySession(context, { isReading: true }, async ({ agent }) => {
    const rkey = firstKey(content);
    if (await hasRecord(agent, content.did, postCollection, rkey)) {
      return { state: 'found', published: publishedAs(content) };
    }
    // Both were written at once, so the mark without the post means that somebody has deleted the post.
    const isMarked = await hasRecord(agent, content.did, gateCollection, rkey);
    return isMarked ? { state: 'removed' } : { state: 'absent' };
  });
}

async function hasRecord(agent: AtpAgent, repo: string, collection: string, rkey: string): Promise<boolean> {
  try {
    await agent.com.atproto.repo.getRecord({ repo, collection, rkey });
    return true;
  } catch (thrown) {
    if (isNamedError(thrown, 'RecordNotFound')) return false;
    throw thrown;
  }
}

async function readMetrics({ remoteId }: Published, context: ConnectorContext): Promise<PostMetrics> {
  return withBlueskySession(context, { isReading: true }, async ({ agent }) => {
    const { data } = await agent.getPosts({ uris: [remoteId] });
    const [post] = data.posts;
    if (post === undefined) {
      throw new PublishError({
        kind: 'refused',
        userMessage: 'The post is not on Bluesky any more, so there is nothing to count.',
        details: { remoteId },
      });
    }
    return {
      readAt: context.now().toISOString(),
      likes: post.likeCount ?? null,
      reposts: post.repostCount ?? null,
      replies: post.replyCount ?? null,
      quotes: post.quoteCount ?? null,
      views: null,
    };
  });
}

/** Deletes all posts of a thread or none, since the server takes it as one change. The mark stays. */
async function remove({ remoteId, answerIds = [] }: Published, context: ConnectorContext): Promise<void> {
  const uris = [remoteId, ...answerIds];
  try {
    await withBlueskySession(context, { isReading: false }, async ({ agent, did: repo }) => {
      const there: string[] = [];
      for (const rkey of uris.map(keyOf)) {
        if (await hasRecord(agent, repo, postCollection, rkey)) there.push(rkey);
      }
      if (there.length === 0) return;
      const deletion = { $type: 'com.atproto.repo.applyWrites#delete', collection: postCollection } as const;
      await agent.com.atproto.repo.applyWrites({
        repo,
        writes: there.map((rkey) => ({ ...deletion, rkey })),
      });
    });
  } catch (thrown) {
    if (thrown instanceof PublishError) throw notRemoved(thrown, uris, uris.length);
    throw thrown;
  }
}

/** The last part of an `at://` address. */
function keyOf(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}

function readFrozen(frozen: FrozenPublication): FrozenBluesky {
  return frozenBlueskySchema.parse(frozen.content);
}

function firstKey({ writes }: FrozenBluesky): string {
  return writes[0]?.rkey ?? '';
}

function publishedAs(content: FrozenBluesky): Published {
  const rkey = firstKey(content);
  const [, ...answers] = content.writes.filter(({ collection }) => collection === postCollection);
  const addressOf = (key: string) => `at://${content.did}/${postCollection}/${key}`;
  return {
    remoteId: addressOf(rkey),
    ...(answers.length === 0 ? {} : { answerIds: answers.map((write) => addressOf(write.rkey)) }),
    url: `https://bsky.app/profile/${content.did}/post/${rkey}`,
  };
}

function removedMeanwhile(): PublishError {
  return new PublishError({
    kind: 'refused',
    userMessage:
      'The post was published and then deleted on Bluesky, so it was not sent again. Duplicate it if you want it back.',
    details: { wasRemoved: true },
  });
}
