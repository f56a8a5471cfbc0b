import { replaceLinks } from '../../../src-shared/domain/platforms/count-text.ts';

/**
 * The text of a post and of what the server shows for it, brought to one form: the server gives HTML, in which links
 * and mentions are shortened by markup and paragraphs are elements.
 */
export function comparableText(text: string): string {
  const mentions = text.replace(/(?<![\w/])(@\w+)@[\w.-]+\w/gu, '$1');
  return squeeze(replaceLinks(mentions, comparableLink));
}

export function comparableHtml(html: string): string {
  const text = html
    .replace(/<br\s*\/?>|<\/p>\s*<p>/giu, '\n')
    .replace(/<[^>]*>/gu, '')
    .replace(/&(lt|gt|quot|apos|#39|nbsp);/gu, (_entity, name: string) => entities[name] ?? '')
    .replaceAll('&amp;', '&');
  return comparableText(text);
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  nbsp: ' ',
};

function comparableLink(url: string): string {
  return url.replace(/^https?:\/\/(www\.)?/iu, '').replace(/\/$/u, '');
}

function squeeze(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}
