import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { nativePartCacheFolder, requireNativePart } from '../src-node/native-parts.ts';
import { transcribe } from '../src-worker/adapters/transcription.ts';
import { median, type Benchmark, type Measurement } from './measurement.ts';
import { watchProcessTree, type TreeUse } from './transcription-process-tree.ts';
import { makeKnownSpeeches, measureWordErrors, type KnownSpeech } from './transcription-speech.ts';

const rounds = 3;
const threads = 2;
const peerVersion = '1.2.1';

interface Run extends TreeUse {
  /** From the loaded model to the end of the text. */
  seconds: number;
  text: string;
}

/** Our transcriber against faster-whisper: same model, same file, same cores, turn by turn. */
export const transcription: Benchmark = {
  name: 'transcription',
  async measure(log) {
    const scratch = await mkdtemp(join(tmpdir(), 'longhand-bench-'));
    try {
      const python = await preparePeer(log);
      const measurements: Measurement[] = [];
      for (const speech of await makeKnownSpeeches(scratch)) {
        measurements.push(await compare(speech, { python, scratch, log }));
      }
      return measurements;
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  },
};

async function compare(
  speech: KnownSpeech,
  { python, scratch, log }: { python: string; scratch: string; log: (line: string) => void },
): Promise<Measurement> {
  const durationSeconds = Math.round(speech.durationMs / 1000);
  const peers: Run[] = [];
  const ours: Run[] = [];
  for (let round = 0; round < rounds; round += 1) {
    peers.push(await runPeer(python, speech));
    ours.push(await runOurs(speech, join(scratch, `scratch-${durationSeconds}-${round}`)));
    log(
      `${durationSeconds} s of speech, round ${round + 1} of ${rounds}: ${describe(peers)} against ${describe(ours)}`,
    );
  }
  const peer = summarise(peers, speech);
  const own = summarise(ours, speech);
  const row = (name: string, summary: Summary): (string | number)[] => [
    name,
    summary.seconds.toFixed(1),
    (summary.seconds / durationSeconds).toFixed(3),
    (summary.seconds / peer.seconds).toFixed(2),
    summary.processorSeconds.toFixed(1),
    (summary.processorSeconds / peer.processorSeconds).toFixed(2),
    Math.round(summary.peakBytes / 1e6),
    summary.errors,
  ];
  return {
    title: `Transcription against faster-whisper: ${durationSeconds} s`,
    method: `${durationSeconds} s of speech (${speech.description}), Whisper base, ${threads} threads, median of ${rounds} rounds in turn. Time is counted from the loaded model; ours holds decoding, voice detection, language detection, word times and saving each chunk. Processor time and memory are those of all processes, loading included.`,
    columns: [
      ...['engine', 'seconds', 'real-time factor', 'ratio'],
      ...['processor s', 'ratio', 'peak MB', 'word errors'],
    ],
    rows: [row(`faster-whisper ${peerVersion} int8, beam 1`, peer), row('Longhand', own)],
  };
}

interface Summary extends TreeUse {
  seconds: number;
  errors: string;
}

/** Medians; the words are those of the first round. */
function summarise(runs: Run[], speech: KnownSpeech): Summary {
  const middle = (pick: (run: Run) => number): number => median(runs.map(pick));
  const errors = speech.text === null ? null : measureWordErrors(speech.text, runs[0]?.text ?? '');
  return {
    seconds: middle((run) => run.seconds),
    processorSeconds: middle((run) => run.processorSeconds),
    peakBytes: middle((run) => run.peakBytes),
    errors:
      errors === null
        ? 'not known'
        : `${(errors.rate * 100).toFixed(1)} % (${errors.errors} of ${errors.words})`,
  };
}

function describe(runs: Run[]): string {
  return `${runs.at(-1)?.seconds.toFixed(1) ?? '?'} s`;
}

/** An environment of Python with the peer in it, in the cache. Appears only when it is complete. */
async function preparePeer(log: (line: string) => void): Promise<string> {
  const folder = join(nativePartCacheFolder(), 'bench', `faster-whisper-${peerVersion}`);
  const python = join(folder, 'bin', 'python');
  if (existsSync(python)) return python;
  log(`installing faster-whisper ${peerVersion} (about 350 MB)`);
  const staging = `${folder}.${process.pid}`;
  await mkdir(join(nativePartCacheFolder(), 'bench'), { recursive: true });
  try {
    await execa('python3', ['-m', 'venv', staging]);
    const install = ['install', '--quiet', '--disable-pip-version-check', `faster-whisper==${peerVersion}`];
    await execa(join(staging, 'bin', 'python'), ['-m', 'pip', ...install]);
    await rename(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return python;
}

const peerResultSchema = z.object({ event: z.literal('done'), seconds: z.number(), text: z.string() });

async function runPeer(python: string, speech: KnownSpeech): Promise<Run> {
  const script = join(import.meta.dirname, 'transcription-peer.py');
  const child = execa(python, [script, requireNativePart('whisperModel').path, speech.path, String(threads)]);
  const watch = watchProcessTree(child.pid ?? 0);
  const { stdout } = await child;
  const use = watch.stop();
  const { seconds, text } = peerResultSchema.parse(JSON.parse(stdout.split('\n').at(-1) ?? ''));
  return { ...use, seconds, text };
}

async function runOurs(speech: KnownSpeech, scratchDirectory: string): Promise<Run> {
  await mkdir(scratchDirectory, { recursive: true });
  const texts: string[] = [];
  let loadedAtMs: number | undefined;
  let watch: ReturnType<typeof watchProcessTree> | undefined;
  await transcribe(
    {
      sourcePath: speech.path,
      durationMs: speech.durationMs,
      modelDirectory: requireNativePart('whisperModel').path,
      ffmpegPath: requireNativePart('ffmpeg').path,
      scratchDirectory,
      resume: { savedChunks: [] },
    },
    {
      onStart: (pid) => (watch = watchProcessTree(pid)),
      onEvent(event) {
        if (event.type === 'engine') loadedAtMs = performance.now();
        if (event.type === 'chunk') texts.push(...event.chunk.segments.map((segment) => segment.text));
      },
    },
  );
  const seconds = (performance.now() - (loadedAtMs ?? Number.NaN)) / 1000;
  if (watch === undefined) throw new Error('the transcriber never started');
  return { ...watch.stop(), seconds, text: texts.join(' ') };
}
