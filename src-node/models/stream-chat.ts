import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import { readErrorCode } from '../data-folder.ts';
import { fetchUntilAborted } from './long-fetch.ts';
import { BrokenStream, MalformedReply, RuntimeRefusal, SilentRuntime } from './model-errors.ts';
import type { ChatPart, ChatRequest, ModelToAsk } from './model-types.ts';

/** The same question gets the same answer. */
const seed = 20_240_229;

const lineSchema = z.object({
  error: z.string().optional(),
  message: z
    .object({
      content: z.string().default(''),
      tool_calls: z
        .array(
          z.object({
            function: z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()) }),
          }),
        )
        .nullish(),
    })
    .optional(),
  done: z.boolean().optional(),
  done_reason: z.string().optional(),
  prompt_eval_count: z.number().optional(),
  eval_count: z.number().optional(),
});

export interface StreamChatOptions {
  baseUrl: string;
  model: ModelToAsk;
  request: ChatRequest;
  /** How long the model stays in memory after the answer. */
  keepAlive: string;
  /** Nothing for this long, not even a word, means that it hangs. A long prompt on a slow machine takes minutes. */
  longestSilenceMs: number;
  signal: AbortSignal;
}

/**
 * One answer as it comes. The request is made here and not by the client library, which passes over a line that it
 * cannot read and would so leave a hole in the text (https://github.com/ollama/ollama-js/blob/main/src/utils.ts).
 * @throws RuntimeRefusal, MalformedReply, BrokenStream, SilentRuntime; the signal's reason
 */
export async function* streamChat(options: StreamChatOptions): AsyncGenerator<ChatPart> {
  const silence = new AbortController();
  const timer = setTimeout(
    () => silence.abort(new SilentRuntime('the runtime fell silent')),
    options.longestSilenceMs,
  );
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, silence.signal, ended.signal]);
  try {
    const response = await fetchUntilAborted(signal)(new URL('/api/chat', options.baseUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(toBody(options)),
    });
    if (!response.ok || response.body === null) throw await toRefusal(response);
    for await (const line of readLines(response.body as ReadableStream<Uint8Array>, () => timer.refresh())) {
      yield* toParts(line);
      if (line.done === true) return;
    }
    throw new BrokenStream('the answer ended before it was complete');
  } catch (thrown) {
    options.signal.throwIfAborted();
    silence.signal.throwIfAborted();
    if (thrown instanceof TypeError && !isNobodyThere(thrown)) {
      throw new BrokenStream('the connection broke', { cause: thrown });
    }
    throw thrown;
  } finally {
    clearTimeout(timer);
    // Whoever stops listening ends the work with it.
    ended.abort();
  }
}

/** Fetch throws a TypeError for everything that happens to a connection; its cause says what. */
function isNobodyThere({ cause }: TypeError): boolean {
  return ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH'].includes(readErrorCode(cause) ?? '');
}

function toBody({ model, request, keepAlive }: StreamChatOptions): object {
  const { messages, schema, tools, contextTokens, answerTokens, temperature = 0 } = request;
  return {
    model: model.name,
    messages: messages.map(({ role, content, toolCalls, toolName }) => ({
      role,
      content,
      ...(toolCalls === undefined ? {} : { tool_calls: toolCalls.map((call) => ({ function: call })) }),
      ...(toolName === undefined ? {} : { tool_name: toolName }),
    })),
    stream: true,
    keep_alive: keepAlive,
    ...(schema === undefined ? {} : { format: schema }),
    ...(tools === undefined ? {} : { tools: tools.map((each) => ({ type: 'function', function: each })) }),
    ...(model.isThinker ? { think: false } : {}),
    options: { temperature, seed, num_ctx: contextTokens, num_predict: answerTokens },
    // Refuse what does not fit, instead of quietly leaving out the beginning.
    truncate: false,
    shift: false,
  };
}

type Line = z.infer<typeof lineSchema>;

function* toParts(line: Line): Generator<ChatPart> {
  if (line.error !== undefined) throw new RuntimeRefusal(500, line.error);
  if (line.message === undefined && line.done !== true) throw new MalformedReply('a line without a message');
  const text = line.message?.content ?? '';
  if (text !== '') yield { kind: 'text', textDelta: text };
  for (const call of line.message?.tool_calls ?? []) yield { kind: 'tool-call', call: call.function };
  if (line.done === true) {
    yield {
      kind: 'end',
      isCutOff: line.done_reason === 'length',
      promptTokens: line.prompt_eval_count ?? null,
      answerTokens: line.eval_count ?? null,
    };
  }
}

async function* readLines(body: ReadableStream<Uint8Array>, onBytes: () => void): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    onBytes();
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield parseLine(line);
  }
  if (rest.trim() !== '') yield parseLine(rest);
}

function parseLine(line: string): Line {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch (error) {
    throw new MalformedReply(`a line that cannot be read: ${line.slice(0, 80)}`, { cause: error });
  }
}

async function toRefusal(response: Response): Promise<RuntimeRefusal> {
  const text = await response.text();
  const said = /"error"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text.slice(0, 300);
  return new RuntimeRefusal(response.status, said.replaceAll('\\"', '"'));
}
