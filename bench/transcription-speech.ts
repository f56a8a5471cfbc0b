import { execa } from 'execa';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findMediaTools, findOnPath } from '../tests/fixtures/find-media-tools.ts';

/** Speech whose words are known. */
export interface KnownSpeech {
  path: string;
  /** What is said; null where nobody wrote it down. */
  text: string | null;
  durationMs: number;
  description: string;
}

/** No two sentences alike: a text that repeats itself would send the peer into its fallbacks. */
const paragraphs = [
  'A small workshop stood at the end of the lane, where an old man repaired clocks. People came from the next town to hear him explain why a spring grows tired. He never charged children, because they asked the best questions.',
  'Before you record an interview, listen to the room. Turn off the refrigerator, close the window, and ask everyone to put away their keys. A blanket on the table does more for your sound than an expensive microphone.',
  'Last summer we walked along the coast for eleven days. The first night it rained so hard that the tent became a lake, and we laughed until morning. By the third day nobody looked at a telephone any more.',
  'Bread is mostly a matter of time. Flour and water will do the work if you leave them alone, and salt keeps them from hurrying. When the crust sings as it cools, you know that you were patient enough.',
  'The library keeps a map from the year eighteen forty two. It shows a village that the reservoir covered long ago, with every orchard and every well. In dry years the church tower still comes out of the water.',
  'If a plan sounds too simple, write it down and sleep. In the morning, mark the sentence that worries you most, and begin there. Most of the work was always hidden in that one sentence.',
  'The mayor promised a new bridge before the election, and to the surprise of everybody she built it. It is narrow, painted blue, and far too steep for bicycles. Still, on warm evenings half the town stands on it and watches the river.',
  'My grandmother answered every question with another question. What do you want for dinner, we asked, and she asked what the garden wanted to give. We learned to look at the tomatoes before we opened our mouths.',
  'Film the boring parts as well. Nobody remembers the speech, but everyone remembers the cook who sang while she carried the plates. The camera should already be running when something small goes wrong.',
  'Two engineers argued about the noise for a week. One blamed the cable, the other blamed the weather, and neither of them had opened the box. Inside they found a mouse, three acorns, and a very comfortable nest.',
] as const;

/** Voices and speeds of espeak-ng, in turn: words a minute. */
const speakers = [
  { voice: 'en-us', wordsPerMinute: 150 },
  { voice: 'en-gb', wordsPerMinute: 165 },
  { voice: 'en-gb-x-rp', wordsPerMinute: 140 },
] as const;

const jfkText =
  'And so my fellow Americans ask not what your country can do for you ask what you can do for your country';

/**
 * About two and a half minutes: a public-domain recording (President Kennedy, 1961) and ten paragraphs read by
 * espeak-ng. `LONGHAND_BENCH_SPEECH` names another file; what is said in it may stand beside it as `<file>.txt`.
 */
export async function makeKnownSpeech(folder: string): Promise<KnownSpeech> {
  const chosen = process.env['LONGHAND_BENCH_SPEECH'];
  if (chosen !== undefined) {
    const text = await readFile(`${chosen}.txt`, 'utf8').catch(() => null);
    return { path: chosen, text, durationMs: await measureDuration(chosen), description: 'a file of yours' };
  }
  const espeak = findOnPath('espeak-ng');
  if (espeak === null) throw new Error('espeak-ng is needed to make speech: sudo apt-get install espeak-ng');
  const parts = [join(import.meta.dirname, '../resources/sample-jfk.flac')];
  for (const [i, paragraph] of paragraphs.entries()) {
    const { voice, wordsPerMinute } = speakers[i % speakers.length] ?? speakers[0];
    const path = join(folder, `paragraph-${i}.wav`);
    await execa(espeak, ['-v', voice, '-s', String(wordsPerMinute), '-w', path, paragraph]);
    parts.push(path);
  }
  const path = join(folder, 'speech.wav');
  const filter = `${parts.map((_, i) => `[${i}:a]aresample=16000,aformat=channel_layouts=mono,apad=pad_dur=0.6[a${i}];`).join('')}${parts.map((_, i) => `[a${i}]`).join('')}concat=n=${parts.length}:v=0:a=1`;
  await execa(findMediaTools().ffmpegPath, [
    ...['-v', 'error', '-nostdin', '-y'],
    ...parts.flatMap((part) => ['-i', part]),
    ...['-filter_complex', filter, path],
  ]);
  const text = [jfkText, ...paragraphs].join(' ');
  await writeFile(`${path}.txt`, text);
  const description = 'the bundled recording of 1961 and ten paragraphs read by espeak-ng in three voices';
  return { path, text, durationMs: await measureDuration(path), description };
}

async function measureDuration(path: string): Promise<number> {
  const show = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0'];
  const { stdout } = await execa(findMediaTools().ffprobePath, [...show, path]);
  return Math.round(Number(stdout) * 1000);
}

/** Lower case, digits as words where the paragraphs have any, no punctuation. */
function toWords(text: string): string[] {
  const spelled = text.replaceAll('1842', 'eighteen forty two').replace(/\b11\b/g, 'eleven');
  return spelled.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
}

/** Word error rate: insertions, deletions and substitutions over the number of words said. */
export function measureWordErrors(
  said: string,
  heard: string,
): { errors: number; words: number; rate: number } {
  const expected = toWords(said);
  const actual = toWords(heard);
  let row = Array.from({ length: actual.length + 1 }, (_, i) => i);
  for (const [i, word] of expected.entries()) {
    const next = [i + 1];
    for (const [j, other] of actual.entries()) {
      const substituted = (row[j] ?? 0) + (word === other ? 0 : 1);
      next.push(Math.min(substituted, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  const errors = row.at(-1) ?? 0;
  return { errors, words: expected.length, rate: errors / Math.max(1, expected.length) };
}
