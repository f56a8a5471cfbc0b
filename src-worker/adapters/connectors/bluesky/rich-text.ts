import { RichText, UnicodeString, type AtpAgent, AppBskyRichtextFacet } from '@atproto/api';
import { findLinks, shortenLink } from '../../../../src-shared/domain/platforms/count-text.ts';

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
  await rich.detectFacets(agent);
  const found = (rich.facets ?? []).filter(
    (facet) => facet.features.every(isResolved) && !links.some((link) => overlaps(link.index, facet.index)),
  );
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

/** For a name that nobody has the library leaves an empty address, which the server would refuse. */
function isResolved(feature: AppBskyRichtextFacet.Main['features'][number]): boolean {
  return !AppBskyRichtextFacet.isMention(feature) || feature.did !== '';
}

type Slice = AppBskyRichtextFacet.ByteSlice;

function overlaps(left: Slice, right: Slice): boolean {
  return left.byteStart < right.byteEnd && right.byteStart < left.byteEnd;
}
