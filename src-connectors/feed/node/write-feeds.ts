import { Feed, type Item } from 'feed';
import { findLinks } from '../../../src-shared/domain/platforms/count-text.ts';
import type { FeedDetails } from '../shared/feed.ts';
import type { Episode } from './feed-state.ts';

export const rssName = 'feed.xml';
export const jsonName = 'feed.json';

export interface FeedSource {
  details: FeedDetails;
  episodes: readonly Episode[];
  /** A square picture in the folder, which directories ask for; null where there is none. */
  coverName: string | null;
  updatedAt: Date;
}

/** RSS 2.0 with what podcast directories ask for (https://podcasters.apple.com/support/823-podcast-requirements). */
export function writeRss(source: FeedSource): string {
  const { details, coverName } = source;
  const feed = openFeed(source);
  const itunes = (name: string, objects: unknown) =>
    // The library knows some of these and writes them in a form that directories refuse.
    feed.addExtension({ name: `itunes:${name}`, objects: objects as Record<string, unknown> });
  itunes('author', details.author);
  itunes('summary', clean(details.description));
  itunes('type', 'episodic');
  itunes('explicit', String(details.isExplicit));
  itunes('category', describeCategory(details.category));
  if (details.ownerEmail !== null) {
    itunes('owner', { 'itunes:name': details.author, 'itunes:email': details.ownerEmail });
  }
  if (coverName !== null) itunes('image', { _attributes: { href: addressOf(details, coverName) } });
  for (const episode of source.episodes) feed.addItem(toRssItem(episode, details));
  return feed.rss2();
}

/** JSON Feed (https://www.jsonfeed.org/version/1/), recordings as attachments. */
export function writeJsonFeed(source: FeedSource): string {
  const feed = openFeed(source);
  for (const episode of source.episodes) {
    const { media } = episode;
    const attachment = media && {
      url: addressOf(source.details, media.file),
      mime_type: media.mimeType,
      size_in_bytes: media.sizeBytes,
      ...(media.durationMs === null ? {} : { duration_in_seconds: toSeconds(media.durationMs) }),
    };
    feed.addItem({
      ...toItem(episode, source.details),
      extensions:
        attachment === null
          ? []
          : [{ name: 'attachments', objects: [attachment] as unknown as Record<string, unknown> }],
    });
  }
  return feed.json1();
}

function openFeed({ details, coverName, updatedAt }: FeedSource): Feed {
  return new Feed({
    title: clean(details.title),
    description: clean(details.description),
    language: details.language,
    link: addressOf(details, ''),
    updated: updatedAt,
    generator: 'Longhand',
    podcast: true,
    feedLinks: { rss: addressOf(details, rssName), json: addressOf(details, jsonName) },
    ...(coverName === null ? {} : { image: addressOf(details, coverName) }),
  });
}

function toItem(episode: Episode, details: FeedDetails): Item {
  return {
    id: episode.guid,
    guid: episode.guid,
    title: clean(episode.title),
    link: `${addressOf(details, '')}#${encodeURIComponent(episode.guid)}`,
    date: new Date(episode.publishedAt),
    published: new Date(episode.publishedAt),
    description: clean(episode.text),
    content: toHtml(clean(episode.text)),
  };
}

function toRssItem(episode: Episode, details: FeedDetails): Item {
  const { media } = episode;
  const extensions = [
    { name: 'itunes:episodeType', objects: 'full' },
    { name: 'itunes:explicit', objects: String(details.isExplicit) },
    { name: 'itunes:title', objects: clean(episode.title) },
    ...(media?.durationMs == null
      ? []
      : [{ name: 'itunes:duration', objects: String(toSeconds(media.durationMs)) }]),
  ].map(({ name, objects }) => ({ name, objects: objects as unknown as Record<string, unknown> }));
  const enclosure = media && {
    url: addressOf(details, media.file),
    type: media.mimeType,
    length: media.sizeBytes,
  };
  return { ...toItem(episode, details), extensions, ...(enclosure === null ? {} : { enclosure }) };
}

/** `Society & Culture > Documentary` names a category and one within it. */
function describeCategory(category: string): Record<string, unknown> {
  const [outer = '', inner] = category.split('>').map((name) => name.trim());
  const within = inner === undefined ? {} : { 'itunes:category': { _attributes: { text: inner } } };
  return { _attributes: { text: outer }, ...within };
}

export function addressOf({ baseUrl }: Pick<FeedDetails, 'baseUrl'>, file: string): string {
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;
  const path = file
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
  return new URL(path, base).href;
}

function toSeconds(durationMs: number): number {
  return Math.max(1, Math.round(durationMs / 1_000));
}

/** XML cannot hold control characters, not even escaped. */
function clean(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
}

function toHtml(text: string): string {
  return text
    .split(/\n{2,}/u)
    .map((paragraph) => `<p>${linkify(paragraph).replaceAll('\n', '<br/>')}</p>`)
    .join('');
}

function linkify(text: string): string {
  let html = '';
  let position = 0;
  for (const { url, start, end } of findLinks(text)) {
    html += `${escapeHtml(text.slice(position, start))}<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;
    position = end;
  }
  return html + escapeHtml(text.slice(position));
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
