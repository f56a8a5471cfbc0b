import { describe, expect, it } from 'vitest';
import { decodeChunk, type ChunkFacts, type TokenDecoder } from './decode-chunk.ts';
import { Vocabulary } from './vocabulary.ts';

const texts = [' Ask', ' not', ' what', ' you', ' can', ' do', ' loop'];
const layout = { endOfTextToken: 100, firstTimestampToken: 200 };
const at = (timeMs: number): number => 200 + timeMs / 20;

const chunk: ChunkFacts = {
  vocabulary: new Vocabulary(texts.map((text) => Buffer.from(text))),
  layout,
  language: 'en',
  durationMs: 10_000,
  levels: Array.from({ length: 100 }, () => 0.1),
};

type Settings = Parameters<TokenDecoder['decode']>[0];
interface Answer {
  tokens: number[];
  averageLogProbability?: number;
  noSpeechProbability?: number;
}

/** Answers in the given order, and notes what was asked. */
function scriptDecoder(answers: Answer[]): { decoder: TokenDecoder; asked: Settings[] } {
  const asked: Settings[] = [];
  const decoder: TokenDecoder = {
    decode: (settings) => {
      const answer = answers[asked.push(settings) - 1];
      if (answer === undefined) throw new Error('asked too often');
      return Promise.resolve({ averageLogProbability: -0.2, noSpeechProbability: 0.1, ...answer });
    },
    align: (tokens) =>
      Promise.resolve({
        startSteps: [...tokens, 0].map((_, i) => i * 20),
        probabilities: tokens.map(() => 0.9),
      }),
  };
  return { decoder, asked };
}

const good = [at(0), 0, 1, 2, at(9600)];
const loop = [at(0), ...Array.from({ length: 60 }, () => 6), at(9600)];

describe('decodeChunk', () => {
  it('keeps a good first decode', async () => {
    const { decoder, asked } = scriptDecoder([{ tokens: good }]);
    const segments = await decodeChunk(decoder, chunk);
    expect(segments.map(({ text, fallbackLevel }) => [text, fallbackLevel])).toEqual([['Ask not what', 0]]);
    expect(asked).toHaveLength(1);
  });

  it('tries again, more strictly, when the text goes round in circles', async () => {
    const { decoder, asked } = scriptDecoder([{ tokens: loop }, { tokens: good }]);
    const [segment] = await decodeChunk(decoder, chunk);
    expect(segment).toMatchObject({ text: 'Ask not what', fallbackLevel: 1 });
    expect(asked.map(({ noRepeatNgramSize }) => noRepeatNgramSize)).toEqual([0, 5]);
  });

  it('says that nobody speaks where the model doubts both its text and the speech', async () => {
    const silence = { tokens: good, averageLogProbability: -1.4, noSpeechProbability: 0.8 };
    expect(await decodeChunk(scriptDecoder([silence]).decoder, chunk)).toEqual([]);
  });

  it('takes the likeliest where no try was good, and marks it', async () => {
    const { decoder } = scriptDecoder(
      [-1.6, -1.2, -1.4].map((averageLogProbability, i) => ({
        tokens: [at(0), i, at(9600)],
        averageLogProbability,
      })),
    );
    const [segment] = await decodeChunk(decoder, chunk);
    expect(segment).toMatchObject({ text: 'not', fallbackLevel: 3, suspect: 'low-confidence' });
  });

  it('reads on where the model stopped in the middle of speech', async () => {
    const { decoder, asked } = scriptDecoder([
      { tokens: [at(0), 0, 1, at(4000)] },
      { tokens: [2, 3, at(9000)] },
    ]);
    const segments = await decodeChunk(decoder, chunk);
    expect(asked[1]?.prefix).toEqual([at(4000)]);
    expect(segments.map(({ text, startMs, endMs }) => [text, startMs, endMs])).toEqual([
      ['Ask not', 0, 4000],
      ['what you', 4000, 9000],
    ]);
  });

  it('does not read on into silence', async () => {
    const { decoder, asked } = scriptDecoder([{ tokens: [at(0), 0, 1, at(4000)] }]);
    const quiet = { ...chunk, levels: chunk.levels.map((level, i) => (i < 40 ? level : 0.0001)) };
    await decodeChunk(decoder, quiet);
    expect(asked).toHaveLength(1);
  });

  it('drops what it read on where that is only a guess', async () => {
    const guess = { tokens: [2, at(9000)], averageLogProbability: -2 };
    const { decoder } = scriptDecoder([{ tokens: [at(0), 0, at(4000)] }, guess, guess, guess]);
    expect((await decodeChunk(decoder, chunk)).map(({ text }) => text)).toEqual(['Ask']);
  });
});
