import { setTimeout as delay } from 'node:timers/promises';
import { Ollama, type ProgressResponse } from 'ollama';
import type { ModelCapability } from '../../src-shared/domain/chat-model.ts';
import { fetchUntilAborted } from './long-fetch.ts';
import { isContextOverflow, toModelError } from './model-errors.ts';
import {
  ContextOverflow,
  type ChatPart,
  type ChatRequest,
  type InstalledModel,
  type LoadedModel,
  type ModelFacts,
  type ModelToAsk,
} from './model-types.ts';
import { streamChat } from './stream-chat.ts';

/**
 * A runtime that does not say within this time what it has counts as none for now. One that is not there refuses at
 * once: what takes long is a computer on which something else is being transcribed.
 */
const defaultLookWithinMs = 8_000;
/** For someone who wants it to do something now, and can stop the waiting. */
const defaultBeginWithinMs = 30_000;
const lookAgainMs = 50;
/** A model kept in memory answers the next question at once; then a laptop needs its memory for other things. */
const defaultKeepAlive = '5m';
const defaultLongestSilenceMs = 10 * 60_000;
/** For models that do not say how much they can take. */
const fallbackContextTokens = 2_048;
/** For models that do not say how they are made: about a model of three thousand million parameters. */
const fallbackBytesPerToken = 114_688;

/** Whether somebody looks what is there, or is about to put it to work. */
export type Patience = 'look' | 'begin';

export interface PullProgress {
  downloadedBytes: number;
  /** All that is known of so far; grows while the runtime finds more layers. */
  sizeBytes: number;
}

/** The local Ollama, as api and worker both see it. Every call ends with its signal. */
export interface ModelRuntime {
  /** Installed models, newest first; null where nothing answers in time. */
  listModels: (signal: AbortSignal, patience?: Patience) => Promise<InstalledModel[] | null>;
  /**
   * Asks the runtime once for each content of a model.
   * @throws AppError `dependency.chat-model-missing`, `dependency.model-runtime-missing`
   */
  inspect: (model: InstalledModel, signal: AbortSignal) => Promise<ModelFacts>;
  /** What is in memory now; null where nothing answers in time. */
  listLoaded: (signal: AbortSignal, patience?: Patience) => Promise<LoadedModel[] | null>;
  /** @throws ContextOverflow; AppError `dependency.*`; the signal's reason */
  streamChat: (model: ModelToAsk, request: ChatRequest, signal: AbortSignal) => AsyncGenerator<ChatPart>;
  /** A vector of length 1 for each text. */
  embed: (model: string, texts: readonly string[], signal: AbortSignal) => Promise<Float32Array[]>;
  /** Goes on where an earlier pull ended. */
  pull: (
    model: string,
    options: { signal: AbortSignal; onProgress: (progress: PullProgress) => void },
  ) => Promise<void>;
  /** What is gone already is gone. */
  remove: (model: string, signal: AbortSignal) => Promise<void>;
}

export interface ModelRuntimeOptions {
  /** Where the runtime is right now; null where there is none. */
  readAddress: () => string | null;
  /** Whether one is looked for, or on its way up: whoever wants to begin waits for it. */
  isOnItsWay?: () => boolean;
  keepAlive?: string;
  longestSilenceMs?: number | undefined;
  lookWithinMs?: number;
  beginWithinMs?: number;
}

export function createModelRuntime(options: ModelRuntimeOptions): ModelRuntime {
  const { readAddress, isOnItsWay = () => false, keepAlive = defaultKeepAlive } = options;
  const longestSilenceMs = options.longestSilenceMs ?? defaultLongestSilenceMs;
  const withinMs: Record<Patience, number> = {
    look: options.lookWithinMs ?? defaultLookWithinMs,
    begin: options.beginWithinMs ?? defaultBeginWithinMs,
  };
  /** By name and digest: what a model says of itself never changes. */
  const known = new Map<string, ModelFacts>();

  function require(model: string | null): string {
    const address = readAddress();
    if (address === null) throw toModelError(new Error('no address'), model);
    return address;
  }

  async function ask<Value>(
    model: string | null,
    signal: AbortSignal,
    work: (client: Ollama) => Promise<Value>,
  ): Promise<Value> {
    try {
      return await work(new Ollama({ host: require(model), fetch: fetchUntilAborted(signal) }));
    } catch (thrown) {
      throwIfStopped(signal);
      throw toModelError(thrown, model);
    }
  }

  /** A short question; null where nothing answers it in time. */
  async function look<Value>(
    signal: AbortSignal,
    patience: Patience,
    work: (client: Ollama) => Promise<Value>,
  ): Promise<Value | null> {
    const looking = AbortSignal.any([signal, AbortSignal.timeout(withinMs[patience])]);
    try {
      while (patience === 'begin' && readAddress() === null && isOnItsWay())
        await delay(lookAgainMs, undefined, { signal: looking });
      if (readAddress() === null) return null;
      return await ask(null, looking, work);
    } catch {
      throwIfStopped(signal);
      return null; // Not there right now, whatever the reason: the caller waits for it to come back.
    }
  }

  return {
    listModels: (signal, patience = 'look') =>
      look(signal, patience, async (client) => {
        const { models } = await client.list();
        return models.map(({ name, size, details, digest }) => ({
          name,
          sizeBytes: size,
          parameterSize: details.parameter_size === '' ? null : details.parameter_size,
          digest,
        }));
      }),

    async inspect({ name, digest }, signal) {
      const key = `${name} ${digest}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const facts = await ask(name, signal, async (client) => readFacts(await client.show({ model: name })));
      known.set(key, facts);
      return facts;
    },

    listLoaded: (signal, patience = 'look') =>
      look(signal, patience, async (client) => {
        const { models } = await client.ps();
        return models.map((model) => ({
          name: model.name,
          contextTokens: 'context_length' in model ? Number(model.context_length) : null,
        }));
      }),

    async *streamChat(model, request, signal) {
      try {
        const baseUrl = require(model.name);
        yield* streamChat({ baseUrl, model, request, keepAlive, longestSilenceMs, signal });
      } catch (thrown) {
        signal.throwIfAborted();
        if (isContextOverflow(thrown)) throw new ContextOverflow(thrown);
        throw toModelError(thrown, model.name);
      }
    },

    async embed(model, texts, signal) {
      const { embeddings } = await ask(model, signal, (client) =>
        client.embed({ model, input: [...texts], truncate: true, keep_alive: keepAlive }),
      );
      return embeddings.map(toUnitVector);
    },

    pull: (model, { signal, onProgress }) =>
      ask(model, signal, async (client) => {
        const layers = new Map<string, PullProgress>();
        // Beside the official registry only one on this machine is spoken to without encryption.
        const insecure = /^(localhost|127\.0\.0\.1)(:\d+)?\//.test(model);
        for await (const part of await client.pull({ model, insecure, stream: true })) {
          // Most lines only say what is being done.
          const { digest, total, completed } = readPart(part);
          if (digest === undefined || total === undefined) continue;
          layers.set(digest, { downloadedBytes: completed ?? 0, sizeBytes: total });
          onProgress(sumOf([...layers.values()]));
        }
      }),

    async remove(model, signal) {
      try {
        await ask(model, signal, (client) => client.delete({ model }));
      } catch (thrown) {
        if (toModelError(thrown, model).code !== 'dependency.chat-model-missing') throw thrown;
      }
    },
  };
}

/** Whoever asks does not want it any more. That their own time has run out is the runtime's silence, and no such wish. */
function throwIfStopped(signal: AbortSignal): void {
  const hasRunOut = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
  if (!hasRunOut) signal.throwIfAborted();
}

/** `llama3.2` and `llama3.2:latest` are the same. */
export function isSameModel(left: string, right: string): boolean {
  const full = (name: string): string => (/:[^/]+$/.test(name) ? name : `${name}:latest`);
  return full(left).toLowerCase() === full(right).toLowerCase();
}

const capabilityNames: Readonly<Record<string, ModelCapability>> = {
  completion: 'chat',
  tools: 'tools',
  embedding: 'embedding',
  vision: 'vision',
  thinking: 'thinking',
};

/** `model_info` is a map in the types and an object on the wire; its keys start with the architecture's name. */
function readFacts(shown: { model_info: unknown; capabilities?: string[] }): ModelFacts {
  const info = shown.model_info;
  const facts =
    info instanceof Map
      ? [...info.entries()]
      : typeof info === 'object' && info !== null
        ? Object.entries(info)
        : [];
  const read = (ending: string): number | undefined => {
    const value: unknown = facts.find(([key]) => String(key).endsWith(ending))?.[1];
    return typeof value === 'number' && value > 0 ? value : undefined;
  };
  return {
    contextTokens: read('.context_length') ?? fallbackContextTokens,
    capabilities: (shown.capabilities ?? ['completion']).flatMap((name) => capabilityNames[name] ?? []),
    contextBytesPerToken: measureContext(read) ?? fallbackBytesPerToken,
  };
}

/** Keys and values of every layer, two bytes each. Models that share or slide over them need less: never more. */
function measureContext(read: (ending: string) => number | undefined): number | undefined {
  const layers = read('.block_count');
  const heads = read('.attention.head_count');
  const width = read('.embedding_length');
  if (layers === undefined || heads === undefined || width === undefined) return undefined;
  const keyLength = read('.attention.key_length') ?? width / heads;
  const valueLength = read('.attention.value_length') ?? keyLength;
  return layers * (read('.attention.head_count_kv') ?? heads) * (keyLength + valueLength) * 2;
}

function toUnitVector(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values) || 1;
  return Float32Array.from(values, (value) => value / length);
}

function sumOf(layers: readonly PullProgress[]): PullProgress {
  return layers.reduce(
    (sum, layer) => ({
      downloadedBytes: sum.downloadedBytes + layer.downloadedBytes,
      sizeBytes: sum.sizeBytes + layer.sizeBytes,
    }),
    { downloadedBytes: 0, sizeBytes: 0 },
  );
}

/** The client's types promise fields that most lines do not have. */
function readPart(part: Partial<ProgressResponse>): Partial<ProgressResponse> {
  return part;
}
