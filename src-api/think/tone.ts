import { countGraphemes } from '../../src-shared/domain/platforms/count-text.ts';
import { inTags } from './material.ts';

const examplesShown = 4;
const exampleCharacters = 280;

/** How a creator writes, counted from what they approved: words for a prompt, and the newest texts as examples. */
export function describeTone(texts: readonly string[]): string | undefined {
  const written = texts.filter((text) => text.trim() !== '');
  if (written.length === 0) return undefined;
  const share = (fits: (text: string) => boolean): number => written.filter(fits).length / written.length;
  const lengths = written.map(countGraphemes).toSorted((left, right) => left - right);
  const usual = lengths[Math.floor(lengths.length / 2)] ?? 0;
  const habits = [
    `about ${usual} characters`,
    describeShare(
      share((text) => /#\p{L}/u.test(text)),
      'hashtags',
    ),
    describeShare(
      share((text) => /\p{Extended_Pictographic}/u.test(text)),
      'emoji',
    ),
    describeShare(
      share((text) => text.includes('?')),
      'questions',
    ),
    describeShare(
      share((text) => text.includes('!')),
      'exclamation marks',
    ),
  ];
  const examples = written.slice(0, examplesShown).map((text) => text.slice(0, exampleCharacters));
  return [
    `Write as the creator does: ${habits.join(', ')}. Examples of their tone, not of the subject:`,
    inTags('examples', examples.map((text) => `- ${text.replace(/\s+/gu, ' ')}`).join('\n')),
  ].join('\n');
}

function describeShare(share: number, what: string): string {
  if (share === 0) return `no ${what}`;
  return share > 0.6 ? `mostly with ${what}` : `sometimes with ${what}`;
}
