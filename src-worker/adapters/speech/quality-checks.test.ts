import { describe, expect, it } from 'vitest';
import { checkSegments, type UncheckedSegment } from './quality-checks.ts';

function segment(text: string, changes: Partial<UncheckedSegment> = {}): UncheckedSegment {
  const startMs = changes.startMs ?? 0;
  const endMs = changes.endMs ?? startMs + 4000;
  const texts = text.split(' ');
  return {
    startMs,
    endMs,
    text,
    words: texts.map((word, i) => ({
      startMs: startMs + (i * (endMs - startMs)) / texts.length,
      endMs: startMs + ((i + 1) * (endMs - startMs)) / texts.length,
      text: word,
      probability: 0.9,
    })),
    averageLogProbability: -0.3,
    noSpeechProbability: 0.05,
    compressionRatio: 1.2,
    fallbackLevel: 0,
    ...changes,
  };
}

const textsOf = (segments: UncheckedSegment[]): string[] => checkSegments(segments).map(({ text }) => text);
const suspicionOf = (one: UncheckedSegment) => checkSegments([one])[0]?.suspect;

describe('checkSegments', () => {
  it('leaves good speech as it is', () => {
    const speech = [segment('Ask not what your country can do for you.'), segment('Ask what you can do.')];
    expect(checkSegments(speech)).toEqual(speech.map((one) => ({ ...one, suspect: null })));
  });

  it.each(['[BLANK_AUDIO]', '[Music]', '(applause)', '*coughs*', '♪ ♪', '...', '[ Silence ] .', ''])(
    'takes out what is no speech: %s',
    (text) => {
      expect(textsOf([segment('Hello there.'), segment(text)])).toEqual(['Hello there.']);
    },
  );

  it('keeps speech that has a marker in it', () => {
    expect(textsOf([segment('[laughs] I see.')])).toEqual(['[laughs] I see.']);
  });

  it('takes out a stock phrase over what is likely no speech', () => {
    expect(textsOf([segment('Thank you.', { noSpeechProbability: 0.5 })])).toEqual([]);
  });

  it('keeps a stock phrase that was clearly said', () => {
    expect(textsOf([segment('Thank you.')])).toEqual(['Thank you.']);
  });

  it('keeps one of a line that comes again and again, and marks it', () => {
    const loop = [0, 1, 2, 3].map((i) => segment('We will be right back.', { startMs: i * 4000 }));
    const checked = checkSegments([segment('Before.'), ...loop, segment('After.')]);
    expect(checked.map(({ text, suspect }) => [text, suspect])).toEqual([
      ['Before.', null],
      ['We will be right back.', 'repetition'],
      ['After.', null],
    ]);
  });

  it('takes a loop over noise out altogether', () => {
    const loop = [0, 1, 2].map((i) => segment('de', { startMs: i * 4000, noSpeechProbability: 0.7 }));
    expect(textsOf(loop)).toEqual([]);
  });

  it('keeps a line that is said twice', () => {
    expect(textsOf([segment('No.'), segment('No.')])).toEqual(['No.', 'No.']);
  });

  it('keeps the first of a phrase that goes round inside a segment, with the words that remain', () => {
    const [checked] = checkSegments([segment(`So ${"I'm sorry, ".repeat(6)}goodbye.`)]);
    expect(checked).toMatchObject({ text: "So I'm sorry, goodbye.", suspect: 'repetition' });
    expect(checked?.words.map(({ text }) => text)).toEqual(['So', "I'm", 'sorry,', 'goodbye.']);
  });

  it('keeps a word that is said four times', () => {
    expect(textsOf([segment('no no no no, not that one')])).toEqual(['no no no no, not that one']);
  });

  it('marks what the model itself doubts', () => {
    expect(suspicionOf(segment('a b c', { averageLogProbability: -1.3 }))).toBe('low-confidence');
    const words = [{ startMs: 0, endMs: 500, text: 'mumble', probability: 0.2 }];
    expect(suspicionOf(segment('mumble', { words }))).toBe('low-confidence');
  });

  it('marks text where the model suspects no speech, and text that nobody can say so fast', () => {
    expect(suspicionOf(segment('Some words.', { noSpeechProbability: 0.8 }))).toBe('possible-hallucination');
    const fast = segment('a great many words in hardly any time at all', { endMs: 400 });
    expect(suspicionOf(fast)).toBe('possible-hallucination');
  });

  it('marks text that compresses too well', () => {
    expect(suspicionOf(segment('la la', { compressionRatio: 3 }))).toBe('repetition');
  });

  it('takes out text that lasts no time', () => {
    expect(textsOf([segment('ghost', { startMs: 10, endMs: 10 })])).toEqual([]);
  });
});
