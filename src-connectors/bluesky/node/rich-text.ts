import { AppBskyRichtextFacet, RichText, UnicodeString, XRPCError, type AtpAgent } from '@atproto/api';
import { findLinks, shortenLink } from '../../../src-shared/domain/platforms/count-text.ts';
import { statusOf } from './bluesky-errors.ts';

export interface FacetedText {
  text: string;
  facets: AppBskyRichtextFacet.Main[];
}

/**
 * Makes of a text what Bluesky shows: links shortened, with where they lead kept beside them; mentions and tags marked.
 * A name that nobody has stays plain text.
 */
export async function makeFacets(source: string, agent: AtpAgent): Promise<FacetedText> {
  const { text, facets: links } = shortenLinks(source);
  const rich = new RichText({ text });
  rich.detectFacetsWithoutResolution();
  const found: AppBskyRichtextFacet.Main[] = [];
  for (const { index, features } of rich.facets ?? []) {
    if (links.some((link) => overlaps(link.index, index))) continue;
    const resolved = await resolveMention(features, agent);
    if (resolved !== null) found.push({ index, features: resolved });
  }
  const facets = [...links, ...found].sort((left, right) => left.index.byteStart - right.index.byteStart);
  return { text, facets };
}

function shortenLinks(source: string): FacetedText {
  const facets: AppBskyRichtextFacet.Main[] = [];
  let text = '';
  let position = 0;
  for (const { url, start, end } of findLinks(source)) {
    text += source.slice(position, start);
    const byteStart = lengthInBytes(text);
    text += shortenLink(url);
    facets.push({
      index: { byteStart, byteEnd: lengthInBytes(text) },
      features: [{ $type: 'app.bsky.richtext.facet#link', uri: url }],
    });
    position = end;
  }
  return { text: text + source.slice(position), facets };
}

function lengthInBytes(text: string): number {
  return new UnicodeString(text).length;
}

type Features = AppBskyRichtextFacet.Main['features'];

/** Puts the address in the place of a name; null for one that nobody has. A broken line is no such answer. */
async function resolveMention(features: Features, agent: AtpAgent): Promise<Features | null> {
  const [feature] = features;
  // Not resolved yet, the library keeps the name where the address will be.
  if (!AppBskyRichtextFacet.isMention(feature)) return features;
  try {
    const { data } = await agent.resolveHandle({ handle: feature.did });
    return [{ ...feature, did: data.did }];
  } catch (thrown) {
    if (thrown instanceof XRPCError && statusOf(thrown) === 400) return null;
    throw thrown;
  }
}

type Slice = AppBskyRichtextFacet.ByteSlice;

function overlaps(left: Slice, right: Slice): boolean {
  return left.byteStart < right.byteEnd && right.byteStart < left.byteEnd;
}
