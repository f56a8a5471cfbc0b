import { cidForLex } from '@atproto/lex-cbor';
import { jsonToLex, type JsonValue } from '@atproto/lex-json';
import { z } from 'zod';
import { keysOfThread } from './thread-keys.ts';

export const postCollection = 'app.bsky.feed.post';
export const gateCollection = 'app.bsky.feed.postgate';

const writeSchema = z.strictObject({
  collection: z.string(),
  rkey: z.string(),
  value: z.record(z.string(), z.unknown()),
});
export type Write = z.infer<typeof writeSchema>;

/** What is sent to Bluesky, in one transaction of its own. */
export const frozenBlueskySchema = z.strictObject({
  did: z.string(),
  handle: z.string(),
  writes: z.array(writeSchema).min(2),
  blobs: z.array(z.strictObject({ path: z.string(), mimeType: z.string() })),
});
export type FrozenBluesky = z.infer<typeof frozenBlueskySchema>;

/**
 * Gives every post of a thread its key and its place, and adds the mark of the publication.
 *
 * The mark is a postgate for the first post: the record in which Bluesky keeps who may quote it, here with no rule, which
 * means the same as none. It is written in one transaction with the posts, and both only as new records, so the server
 * itself refuses a second sending for ever. And since a creator who deletes the post leaves the mark, a post that never
 * arrived can be told from one that was deleted. See docs/decisions/0005-exactly-once-on-bluesky.md.
 */
export async function freezeThread(
  { did, createdAt, ...named }: { did: string; createdAt: string; targetId: string; writtenAt: string },
  posts: readonly Readonly<Record<string, unknown>>[],
): Promise<Write[]> {
  const writes: Write[] = [];
  const references: { uri: string; cid: string }[] = [];
  const keys = keysOfThread(named, posts.length);
  for (const [index, post] of posts.entries()) {
    const rkey = keys[index] ?? '';
    const root = references[0];
    const parent = references.at(-1);
    const value = {
      $type: postCollection,
      ...post,
      // A thread is read in the order of its times.
      createdAt: new Date(Date.parse(createdAt) + index).toISOString(),
      ...(root !== undefined && parent !== undefined ? { reply: { root, parent } } : {}),
    };
    writes.push({ collection: postCollection, rkey, value });
    references.push({ uri: `at://${did}/${postCollection}/${rkey}`, cid: await cidOf(value) });
  }
  const [first] = writes;
  const [root] = references;
  if (first === undefined || root === undefined) throw new Error('a publication has at least one post');
  writes.push({
    collection: gateCollection,
    rkey: first.rkey,
    value: { $type: gateCollection, post: root.uri, createdAt, embeddingRules: [] },
  });
  return writes;
}

/** The server makes the same of the same record: that is how an answer can name a post that was not sent yet. */
async function cidOf(value: Readonly<Record<string, unknown>>): Promise<string> {
  const cid = await cidForLex(jsonToLex(value as JsonValue));
  return cid.toString();
}
