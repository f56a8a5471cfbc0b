import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { transcribe } from '../../adapters/transcription.ts';
import { transcriptionEventSchema, type TranscriptionEvent, type TranscriptionRequest } from '../protocol.ts';
import { toSavedChunk } from './recordings.ts';

/**
 * What the worker is in the app: runs one transcription, saves what it hears to a file, and goes on from that file
 * when it is started again. Tells the transcriber's process id on its own IPC channel.
 *
 * Arguments: the request as JSON, the file to save to, the transcriber to use.
 */
const [request, savePath, transcriberPath] = process.argv.slice(2);
if (request === undefined || savePath === undefined || transcriberPath === undefined) {
  throw new Error('a request, a file and a transcriber are needed');
}

const saved = readSaved(savePath);
const file = openSync(savePath, 'a');
const language = saved.find((event) => event.type === 'language');
await transcribe(
  {
    ...(JSON.parse(request) as TranscriptionRequest),
    resume: {
      savedChunks: saved.flatMap((event) => (event.type === 'chunk' ? [toSavedChunk(event.chunk)] : [])),
      ...(language && { language: { code: language.language, probability: language.probability } }),
    },
  },
  {
    transcriberPath,
    onStart: (pid) => process.send?.(pid),
    onEvent(event) {
      if (event.type !== 'chunk' && event.type !== 'language') return;
      writeSync(file, `${JSON.stringify(event)}\n`);
      fsyncSync(file);
    },
  },
);
closeSync(file);
process.disconnect();

function readSaved(path: string): TranscriptionEvent[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.slice(0, -1).map((line) => transcriptionEventSchema.parse(JSON.parse(line)));
}
