import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type {
  CreatedSpeechEngine,
  CreateSpeechEngineOptions,
} from '../../adapters/speech/create-speech-engine.ts';
import type {
  DetectedLanguage,
  EncodedChunk,
  RecognisedSegment,
  SpeechEngine,
} from '../../adapters/speech/speech-engine.ts';
import { samplesToMs } from '../audio-format.ts';

/** What the engine shall do; a JSON file whose path is given as the model. */
export const engineScriptSchema = z.strictObject({
  /** A line is added whenever a stage begins or ends. */
  logPath: z.string(),
  encodeMs: z.number().default(0),
  decodeMs: z.number().default(0),
  /** One answer for each detection; the last one is repeated. */
  languages: z
    .array(z.strictObject({ language: z.string(), probability: z.number() }))
    .default([{ language: 'en', probability: 0.9 }]),
  /** In so many chunks, the first ones of a run, it hears nothing although the voice detector took them for speech. */
  deafDecodes: z.number().default(0),
  /** The process dies without a word when this chunk (counted by encodes of one run) is encoded. */
  diesAtEncode: z.number().optional(),
});
export type EngineScript = z.input<typeof engineScriptSchema>;

export const engineLogLineSchema = z.strictObject({
  stage: z.enum(['encode', 'decode']),
  state: z.enum(['begin', 'end']),
  digest: z.string(),
  durationMs: z.number(),
});
export type EngineLogLine = z.infer<typeof engineLogLineSchema>;

/**
 * A fake, and it says so: "recognises" text that is a fingerprint of the very samples it was given, so that a cut one
 * frame away gives another transcript. It takes the time the script says and logs what it is made to do.
 */
export function createScriptedEngine({ modelPath }: CreateSpeechEngineOptions): Promise<CreatedSpeechEngine> {
  const script = engineScriptSchema.parse(JSON.parse(readFileSync(modelPath, 'utf8')));
  let encodeCount = 0;
  let decodeCount = 0;
  let detectionCount = 0;

  const staged = async <Value>(
    line: Omit<EngineLogLine, 'state'>,
    delayMs: number,
    value: Value,
  ): Promise<Value> => {
    appendFileSync(script.logPath, `${JSON.stringify({ ...line, state: 'begin' })}\n`);
    if (delayMs > 0) await wait(delayMs);
    appendFileSync(script.logPath, `${JSON.stringify({ ...line, state: 'end' })}\n`);
    return value;
  };

  const engine: SpeechEngine = {
    name: 'whisper.cpp',
    version: 'fake',
    identity: 'scripted engine 1',
    languages: ['en', 'de'],

    encode(samples) {
      encodeCount += 1;
      if (encodeCount === script.diesAtEncode) process.kill(process.pid, 'SIGSEGV');
      const bytes = createHash('sha256').update(new Uint8Array(samples.buffer)).digest();
      const durationMs = samplesToMs(samples.length);
      const encoded: EncodedChunk = { bytes, durationMs };
      return staged({ stage: 'encode', digest: digestOf(encoded), durationMs }, script.encodeMs, encoded);
    },

    detectLanguage() {
      const answer: DetectedLanguage | undefined =
        script.languages[detectionCount] ?? script.languages.at(-1);
      detectionCount += 1;
      return Promise.resolve(answer ?? { language: 'en', probability: 1 });
    },

    decode(encoded, { language }) {
      const digest = digestOf(encoded);
      decodeCount += 1;
      const segments = decodeCount <= script.deafDecodes ? [] : inventSegments(encoded, language);
      return staged({ stage: 'decode', digest, durationMs: encoded.durationMs }, script.decodeMs, segments);
    },

    close: () => Promise.resolve(),
  };
  return Promise.resolve({ engine, reason: 'a fake for tests' });
}

function digestOf({ bytes }: EncodedChunk): string {
  return Buffer.from(bytes).toString('hex').slice(0, 16);
}

/** Two segments of two words each. */
function inventSegments(encoded: EncodedChunk, language: string): RecognisedSegment[] {
  const digest = digestOf(encoded);
  const stepMs = Math.floor(encoded.durationMs / 4);
  return [0, 2].map((first) => ({
    startMs: first * stepMs,
    endMs: (first + 2) * stepMs,
    text: ` ${language} ${digest.slice(first * 4, first * 4 + 8)}`,
    words: [0, 1].map((offset) => ({
      startMs: (first + offset) * stepMs,
      endMs: (first + offset + 1) * stepMs,
      text: offset === 0 ? language : digest.slice(first * 4, first * 4 + 8),
      probability: 0.75,
    })),
    averageLogProbability: -0.2,
    noSpeechProbability: 0.01,
    compressionRatio: 1.2,
    fallbackLevel: 0,
    suspect: null,
  }));
}
