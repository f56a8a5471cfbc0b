import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blueskyLimits } from '../../../src-connectors/bluesky/shared/bluesky-limits.ts';
import { feedLimits } from '../../../src-connectors/feed/shared/feed-limits.ts';
import { manualServiceLimits } from '../../../src-connectors/manual/shared/manual-services.ts';
import {
  mastodonDefaultLimits,
  mastodonLimits,
} from '../../../src-connectors/mastodon/shared/mastodon-limits.ts';
import {
  checkContent,
  hasErrors,
  measureText,
  type CheckedContent,
  type CheckedMedia,
} from './check-content.ts';
import { countBytes, countGraphemes, findLinks, shortenLink } from './count-text.ts';
import type { PlatformLimits } from './platform-limits.ts';

const family = '👨‍👩‍👧‍👦';

function post(text: string, media: CheckedMedia[] = [], facts: Partial<CheckedContent> = {}): CheckedContent {
  return { parts: [{ text, media }], title: null, contentWarning: null, ...facts };
}

function media(facts: Partial<CheckedMedia> = {}): CheckedMedia {
  return {
    kind: 'image',
    sizeBytes: 1_000,
    durationMs: null,
    mimeType: 'image/jpeg',
    widthPx: 100,
    heightPx: 100,
    altText: 'A picture',
    ...facts,
  };
}

function rulesOf(content: CheckedContent, limits: PlatformLimits, severity = 'error'): string[] {
  return checkContent(content, limits)
    .filter((finding) => finding.severity === severity)
    .map(({ rule }) => rule);
}

describe('counting', () => {
  it('counts what a reader sees as one character as one', () => {
    expect(countGraphemes(`e\u0301${family}🇩🇪`)).toBe(3);
    expect(countBytes(family)).toBe(25);
  });

  it('counts bytes as UTF-8 has them, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(countBytes(text)).toBe(Buffer.byteLength(text));
      }),
    );
  });

  it('finds links without the punctuation around them', () => {
    const urls = (text: string) => findLinks(text).map(({ url }) => url);
    expect(urls('See (https://a.test/x_(y)), https://b.test/?q=1. “https://c.test”!')).toEqual([
      'https://a.test/x_(y)',
      'https://b.test/?q=1',
      'https://c.test',
    ]);
    expect(urls('mail@a.test, a.test and https://')).toEqual([]);
  });

  it('shows a link on Bluesky shortened, and counts it so', () => {
    expect(shortenLink('https://example.com/')).toBe('example.com');
    expect(shortenLink('https://example.com/a/very/long/path')).toBe('example.com/a/very/long/…');
    const long = `${'x'.repeat(270)} https://example.com/${'y'.repeat(100)}`;
    expect(measureText(long, blueskyLimits.text).length).toBe(271 + 25);
    expect(rulesOf(post(long), blueskyLimits)).toEqual([]);
  });

  it('counts a link on Mastodon as 23 and a mention without its server', () => {
    const text = `@someone@very.long.server.example https://example.com/${'y'.repeat(100)}`;
    expect(measureText(text, mastodonDefaultLimits.text).length).toBe('@someone '.length + 23);
  });

  it('counts wide characters and emoji on X as two', () => {
    const { text } = manualServiceLimits.x;
    expect(measureText('abc', text).length).toBe(3);
    expect(measureText('漢字', text).length).toBe(4);
    expect(measureText(family, text).length).toBe(2);
    expect(measureText('https://example.com/a/very/long/address/indeed', text).length).toBe(23);
  });
});

describe('checking a post', () => {
  it('takes 300 graphemes on Bluesky and no more', () => {
    expect(rulesOf(post('é'.repeat(300)), blueskyLimits)).toEqual([]);
    expect(rulesOf(post('é'.repeat(301)), blueskyLimits)).toEqual(['text-length']);
  });

  it('takes 3,000 bytes on Bluesky and no more', () => {
    expect(rulesOf(post(family.repeat(120)), blueskyLimits)).toEqual([]);
    expect(rulesOf(post(family.repeat(121)), blueskyLimits)).toEqual(['text-bytes']);
  });

  it('counts the content warning on Mastodon with the text', () => {
    const content = post('x'.repeat(490), [], { contentWarning: 'y'.repeat(11) });
    expect(rulesOf(content, mastodonDefaultLimits)).toEqual(['text-length']);
  });

  it('goes by what the server itself says', () => {
    const limits = mastodonLimits({ maxCharacters: 5_000, mimeTypes: ['image/png', 'video/mp4'] });
    expect(rulesOf(post('x'.repeat(4_000)), limits)).toEqual([]);
    expect(limits.image?.mimeTypes).toEqual(['image/png']);
    expect(limits.audio).toBeNull();
  });

  it('says which post of a thread, and which file', () => {
    const content: CheckedContent = {
      parts: [
        { text: 'fine', media: [] },
        { text: 'x'.repeat(400), media: [media(), media({ altText: 'z'.repeat(3_000) })] },
      ],
      title: null,
      contentWarning: null,
    };
    expect(
      checkContent(content, blueskyLimits).map(({ rule, partIndex, mediaIndex }) => [
        rule,
        partIndex,
        mediaIndex,
      ]),
    ).toEqual([
      ['text-length', 1, null],
      ['alt-text-length', 1, 1],
    ]);
  });

  it('refuses too many files, a mixture, and what the platform does not take', () => {
    expect(
      rulesOf(
        post(
          '',
          Array.from({ length: 5 }, () => media()),
        ),
        blueskyLimits,
      ),
    ).toEqual(['media-count', 'media-count']);
    const video = media({ kind: 'video', mimeType: 'video/mp4', durationMs: 1_000 });
    expect(rulesOf(post('', [media(), video]), blueskyLimits)).toEqual(['media-mix']);
    expect(rulesOf(post('x', [media()], { title: 'A title' }), manualServiceLimits.youtube)).toEqual([
      'media-required',
      'media-kind',
    ]);
  });

  it('refuses what is too long, unless a clip of it is chosen', () => {
    const video = media({ kind: 'video', mimeType: 'video/mp4', durationMs: 181_000 });
    expect(rulesOf(post('', [video]), blueskyLimits)).toEqual(['media-duration']);
    expect(rulesOf(post('', [{ ...video, durationMs: 180_000 }]), blueskyLimits)).toEqual([]);
  });

  it('says what will be made to fit, which is no reason to refuse', () => {
    const large = post('', [media({ sizeBytes: 9_000_000 })]);
    expect(rulesOf(large, blueskyLimits, 'fitted')).toEqual(['media-size']);
    const other = post('', [media({ mimeType: 'image/heic' })]);
    expect(rulesOf(other, blueskyLimits, 'fitted')).toEqual(['media-type']);
    expect(hasErrors(checkContent(large, blueskyLimits))).toBe(false);
  });

  it('wants a title where there are titles, and something to say', () => {
    expect(rulesOf(post('Notes'), feedLimits)).toEqual(['title-missing']);
    expect(rulesOf(post(' '), blueskyLimits)).toEqual(['empty']);
    expect(rulesOf(post('One.'), manualServiceLimits.instagram)).toEqual(['media-required']);
  });

  it('never throws, and says nothing against what is within every limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const limits of [blueskyLimits, mastodonDefaultLimits, ...Object.values(manualServiceLimits)]) {
          const findings = checkContent(post(`x${text}`), limits);
          expect(findings.every(({ rule }) => !rule.startsWith('thread'))).toBe(true);
        }
      }),
    );
  });
});
