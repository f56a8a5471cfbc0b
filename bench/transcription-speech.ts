import { execa } from 'execa';
import { readFile } from 'node:fs/promises';
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
  'The ferry leaves before sunrise, when the harbour lamps are still burning. A woman in a yellow coat sells tea from a cart, and the captain always pays for the last cup. On the other side the children wait with their bicycles.',
  'Good lighting is cheaper than a good camera. Put the speaker near a window, turn the desk until the shadow falls behind the ear, and hang a white sheet on the dark side. Then leave everything alone and begin.',
  'The beekeeper spoke slowly, as if the insects were listening. In spring she counts the frames, in autumn she counts the honey, and in winter she only listens at the wood. A healthy hive hums like a distant road.',
  'Nobody plans to lose a week of work. It happens on an ordinary afternoon, with coffee on the desk and one cable too many. That is why the boring habit of copying everything twice is worth more than courage.',
  'At the edge of the village there is a school with only two rooms. In the first one they teach the small ones to read, and in the second one the older ones learn to argue politely. The bell came from a ship.',
  'My neighbour builds violins in his garage. He says that the wood decides, and that his job is to stop before it is too late. When a new instrument speaks for the first time, he closes the door and plays alone.',
  'The train stood still between two fields, and after a while people began to talk. Somebody shared a bag of cherries, somebody else told a story about a goat, and when the engine started again we were almost sorry.',
  'An honest review begins with what the thing is for. Say who should buy it, say who should keep their money, and only then talk about the colour and the weight. Your listeners will forgive you almost everything except flattery.',
  'Rain had washed the path away, so we followed the river instead. It was longer, but we saw otters, and an old mill that nobody had mentioned. In the evening the innkeeper said that everyone finds it by mistake.',
  'Before the theatre opens, one person walks through every row with a lamp. She looks for gloves, for letters, for anything that the night before has left behind. Once she found a violin bow and the whole orchestra came to thank her.',
  'The recipe is simple, but the order matters. Warm the oil, add the onions, and wait until they smell sweet before you even look at the garlic. Salt comes early, lemon comes late, and patience comes first.',
  'Our first microphone was borrowed from a church. It had a crack along the side, and it picked up the radio of passing taxis. We kept one of those recordings, because a stranger says good night in the middle of it.',
  'The museum has a room full of keys, and nobody knows what most of them open. Visitors like it better than the paintings. The guard says that people stand there and think about their own doors.',
  'When the power failed, the baker carried his dough across the street. The fisherman had an oven that burned wood, and the teacher brought candles. By noon the whole street smelled of bread, and no one was in a hurry.',
  'A map is an opinion about what matters. Sailors draw the rocks, farmers draw the wells, and children draw the dog that barks. If you want to know a place, ask several people to draw it for you.',
  'The doctor in our valley still visits on foot. She knows which gates stick, which dogs bite, and who will say that they are fine when they are not. Her bag is heavy with apples on the way back.',
  'Editing is mostly listening. Let the tape run, mark the places where your own attention wanders, and cut there without mercy. What remains is shorter than you hoped and better than you feared.',
  'They planted a tree for every child who was born that year. Some grew crooked and some grew fast, and one was struck by lightning and lived. On birthdays the families meet there and measure both.',
  'The carpenter refused to use the new machine. It was not pride, he explained, but the sound: he could not hear when the blade was tired. Later he bought two of them and taught the apprentices to listen through the noise.',
  'Every spring the swallows return to the same barn. The farmer leaves a window open for them and pretends that he has forgotten to close it. His wife writes the date on the wall with a piece of chalk.',
  'If you interview your parents, ask about small things. Ask what the kitchen smelled like, which song was always on the radio, and who was late for dinner. The great events will come by themselves while they are looking for the spoons.',
  'The lighthouse has been empty for years, but the garden is not. Somebody cuts the roses, somebody paints the bench, and in summer there is always fresh water for dogs. Nobody in the town admits that it is them.',
  'She learned to swim when she was past sixty. The lake was cold, the instructor was younger than her grandson, and the first week she swallowed more water than she crossed. Now she goes out before breakfast and comes back singing.',
  'A good ending is usually hiding one page earlier. Stop where the listener still has a question, thank the people who helped, and turn the recorder off before anyone says that it went well.',
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
 * Two and a half minutes and eight: a public-domain recording (President Kennedy, 1961), then ten or all of the
 * paragraphs read by espeak-ng. `LONGHAND_BENCH_SPEECH` names a file to be taken in their place; what is said in it may
 * stand beside it as `<file>.txt`.
 */
export async function makeKnownSpeeches(folder: string): Promise<KnownSpeech[]> {
  const chosen = process.env['LONGHAND_BENCH_SPEECH'];
  if (chosen !== undefined) {
    const text = await readFile(`${chosen}.txt`, 'utf8').catch(() => null);
    return [
      { path: chosen, text, durationMs: await measureDuration(chosen), description: 'a file of yours' },
    ];
  }
  return [await makeSpeech(folder, paragraphs.slice(0, 10)), await makeSpeech(folder, paragraphs)];
}

async function makeSpeech(folder: string, spoken: readonly string[]): Promise<KnownSpeech> {
  const espeak = findOnPath('espeak-ng');
  if (espeak === null) throw new Error('espeak-ng is needed to make speech: sudo apt-get install espeak-ng');
  const parts = [join(import.meta.dirname, '../resources/sample-jfk.flac')];
  for (const [i, paragraph] of spoken.entries()) {
    const { voice, wordsPerMinute } = speakers[i % speakers.length] ?? speakers[0];
    const path = join(folder, `paragraph-${i}.wav`);
    await execa(espeak, ['-v', voice, '-s', String(wordsPerMinute), '-w', path, paragraph]);
    parts.push(path);
  }
  const path = join(folder, `speech-${spoken.length}.wav`);
  const filter = `${parts.map((_, i) => `[${i}:a]aresample=16000,aformat=channel_layouts=mono,apad=pad_dur=0.6[a${i}];`).join('')}${parts.map((_, i) => `[a${i}]`).join('')}concat=n=${parts.length}:v=0:a=1`;
  await execa(findMediaTools().ffmpegPath, [
    ...['-v', 'error', '-nostdin', '-y'],
    ...parts.flatMap((part) => ['-i', part]),
    ...['-filter_complex', filter, path],
  ]);
  const text = [jfkText, ...spoken].join(' ');
  const description = `the bundled recording of 1961 and ${spoken.length} paragraphs read by espeak-ng in three voices`;
  return { path, text, durationMs: await measureDuration(path), description };
}

async function measureDuration(path: string): Promise<number> {
  const show = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0'];
  const { stdout } = await execa(findMediaTools().ffprobePath, [...show, path]);
  return Math.round(Number(stdout) * 1000);
}

/** Lower case, digits as words where the paragraphs have any, no punctuation. */
function toWords(text: string): string[] {
  const spelled = text
    .replaceAll('1842', 'eighteen forty two')
    .replace(/\b11\b/g, 'eleven')
    .replace(/\b60\b/g, 'sixty');
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
