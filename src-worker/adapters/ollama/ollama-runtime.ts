import { Ollama, type ModelResponse } from 'ollama';
import type { AskModel, AskRequest, ModelReply } from '../describe/ask-model.ts';
import { ContextOverflow } from '../describe/ask-model.ts';
import { fetchUntilAborted } from './long-fetch.ts';
import { isContextOverflow, toChatError } from './ollama-errors.ts';

/** A runtime that does not answer within this time counts as none for now. */
const lookTimeoutMs = 3_000;
/** After the last request the model's memory is given back soon: this is background work on somebody's laptop. */
const keepAlive = '1m';
/** The same question gets the same answer. */
const seed = 20_240_229;
/** For models that do not say how much they can take. */
const fallbackContextTokens = 2_048;

export interface OllamaRuntime {
  /** Installed models that can chat, in the runtime's order (newest first); null where nothing answers. */
  listChatModels(signal: AbortSignal): Promise<string[] | null>;
  /** @throws AppError `dependency.chat-model-missing` or `dependency.chat-model-failed` */
  readContextTokens(model: string, signal: AbortSignal): Promise<number>;
  /** Asks one model, with a schema that its answer must fit. The signal ends the request, and with it the work. */
  openModel(model: string, signal: AbortSignal): AskModel;
}

/** @param readAddress where the runtime is right now; null where there is none */
export function createOllamaRuntime(readAddress: () => string | null): OllamaRuntime {
  function connect(signal: AbortSignal): Ollama | null {
    const host = readAddress();
    return host === null ? null : new Ollama({ host, fetch: fetchUntilAborted(signal) });
  }

  function require(signal: AbortSignal, model: string): Ollama {
    const client = connect(signal);
    if (client === null) throw toChatError(new Error('no address'), model);
    return client;
  }

  return {
    async listChatModels(signal) {
      const client = connect(AbortSignal.any([signal, AbortSignal.timeout(lookTimeoutMs)]));
      if (client === null) return null;
      try {
        const { models } = await client.list();
        return models.filter(isForChat).map(({ name }) => name);
      } catch {
        signal.throwIfAborted();
        return null; // Not there right now, whatever the reason: the caller waits for it to come back.
      }
    },

    async readContextTokens(model, signal) {
      try {
        const { model_info: facts } = await require(signal, model).show({ model });
        return readContextLength(facts) ?? fallbackContextTokens;
      } catch (thrown) {
        signal.throwIfAborted();
        throw toChatError(thrown, model);
      }
    },

    openModel: (model, signal) => async (request) => {
      try {
        return await ask(require(signal, model), model, request);
      } catch (thrown) {
        signal.throwIfAborted();
        if (isContextOverflow(thrown)) throw new ContextOverflow(thrown);
        throw toChatError(thrown, model);
      }
    },
  };
}

async function ask(client: Ollama, model: string, request: AskRequest): Promise<ModelReply> {
  const stream = await client.chat({
    model,
    messages: request.messages,
    format: request.schema,
    stream: true,
    keep_alive: keepAlive,
    options: { temperature: 0, seed, num_ctx: request.contextTokens, num_predict: request.answerTokens },
    // Refuse what does not fit, instead of quietly leaving out the beginning. Too new for the client's types.
    ...{ truncate: false, shift: false },
  });
  let text = '';
  for await (const part of stream) {
    text += part.message.content;
    if (part.done) return { text, isCutOff: part.done_reason === 'length' };
  }
  throw new Error('the answer ended before it was complete');
}

/** Models that only make vectors cannot answer. */
function isForChat({ details }: ModelResponse): boolean {
  return ![details.family, ...((details.families as string[] | null) ?? [])].some((family) =>
    /bert/i.test(family),
  );
}

/** `model_info` is a map in the types and an object on the wire; its keys start with the architecture's name. */
function readContextLength(facts: unknown): number | undefined {
  const entries =
    facts instanceof Map
      ? [...facts.entries()]
      : typeof facts === 'object' && facts !== null
        ? Object.entries(facts)
        : [];
  const found: unknown = entries.find(([key]) => String(key).endsWith('.context_length'))?.[1];
  return typeof found === 'number' && found > 0 ? found : undefined;
}
