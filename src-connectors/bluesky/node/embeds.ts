import { lexToJson, type AtpAgent } from '@atproto/api';
import { readFile } from 'node:fs/promises';
import { findLinks } from '../../../src-shared/domain/platforms/count-text.ts';
import type { PublishableMedia } from '../../common/node/connector.ts';
import type { LinkCard } from '../../common/node/link-card.ts';

/** A file in the form in which a record names it. */
export type BlobJson = Readonly<Record<string, unknown>>;

/** What has to be there before the record is written; the server forgets files that no record names after a while. */
export interface NeededBlob {
  path: string;
  mimeType: string;
}

export interface Embed {
  record: Readonly<Record<string, unknown>>;
  blobs: NeededBlob[];
}

/** Uploads are content-addressed: the same file again gives the same blob. */
export async function uploadFile(agent: AtpAgent, { path, mimeType }: NeededBlob): Promise<BlobJson> {
  return uploadBytes(agent, await readFile(path), mimeType);
}

export async function uploadBytes(agent: AtpAgent, bytes: Buffer, mimeType: string): Promise<BlobJson> {
  const { data } = await agent.uploadBlob(bytes, { encoding: mimeType });
  return lexToJson(data.blob) as BlobJson;
}

/** The pictures or the video of one post. */
export async function makeMediaEmbed(
  agent: AtpAgent,
  media: readonly PublishableMedia[],
): Promise<Embed | null> {
  const [first] = media;
  if (first === undefined) return null;
  const blobs = media.map(({ path, mimeType }) => ({ path, mimeType }));
  if (first.kind !== 'image') {
    const video = await uploadFile(agent, first);
    const alt = first.altText === '' ? {} : { alt: first.altText };
    return { record: { $type: 'app.bsky.embed.video', video, ...alt, ...aspectRatioOf(first) }, blobs };
  }
  const images: Record<string, unknown>[] = [];
  for (const picture of media) {
    images.push({ image: await uploadFile(agent, picture), alt: picture.altText, ...aspectRatioOf(picture) });
  }
  return { record: { $type: 'app.bsky.embed.images', images }, blobs };
}

function aspectRatioOf({ widthPx, heightPx }: PublishableMedia) {
  if (widthPx === null || heightPx === null || widthPx < 1 || heightPx < 1) return {};
  return { aspectRatio: { width: widthPx, height: heightPx } };
}

/** The card for the first link of a text without media. */
export async function makeLinkEmbed(
  agent: AtpAgent,
  text: string,
  readCard: (url: string) => Promise<LinkCard | null>,
): Promise<Embed | null> {
  const [link] = findLinks(text);
  if (link === undefined) return null;
  const card = await readCard(link.url);
  if (card === null) return null;
  const { url, title, description, picture } = card;
  const thumb = picture === null ? {} : { thumb: await uploadBytes(agent, picture.bytes, picture.mimeType) };
  return {
    record: { $type: 'app.bsky.embed.external', external: { uri: url, title, description, ...thumb } },
    blobs: [],
  };
}
