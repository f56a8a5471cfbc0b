import { Agent, request, type IncomingMessage, type RequestOptions } from 'node:http';
import { topicSchema, type AppEvent } from '../src-shared/contract/events.ts';
import {
  commandDefinition,
  commandMethodName,
  commandNames,
  commandRoute,
  type CallOptions,
  type CommandClient,
  type CommandInput,
  type CommandName,
  type CommandOutput,
} from '../src-shared/contract/registry.ts';
import { AppError, appErrorDtoSchema, type Result } from '../src-shared/domain/errors.ts';
import { readErrorCode } from './data-folder.ts';
import { subscribeToEvents } from './local-api-events.ts';
import { localDoorHeaders } from './local-door.ts';

export type LocalApiClientOptions = {
  /** `apiSocket` of the data folder. */
  socketPath: string;
  /** How long a call may take. Commands answer in milliseconds; looking for a moved file may take minutes. */
  timeoutMs?: number;
} & (
  | { door: 'window' | 'command-line' | 'mcp' }
  /** The worker, with the token that the supervisor has given it. */
  | { door: 'worker'; internalToken: string }
);

export interface LocalApiClient {
  /** One method per command. Nothing is thrown: while the api is down the answer is `dependency.api-unavailable`. */
  readonly commands: CommandClient;
  /** The same by the name of the command. */
  call: <Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
    options?: CallOptions,
  ) => Promise<Result<CommandOutput<Name>>>;
  /** Whether the api answers right now. */
  isAnswering: () => Promise<boolean>;
  /**
   * What the api tells. The connection comes back by itself; then everything counts as changed, since events were
   * missed meanwhile. Returns the unsubscribe.
   */
  onEvent: (listener: (event: AppEvent) => void) => () => void;
  close: () => void;
}

const defaultTimeoutMs = 10 * 60_000;
const healthTimeoutMs = 2000;

/** A typed client of the local door, for the window's main process, the command line and the worker. */
export function createLocalApiClient(options: LocalApiClientOptions): LocalApiClient {
  const { socketPath, timeoutMs = defaultTimeoutMs } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const listeners = new Set<(event: AppEvent) => void>();
  const headers: Record<string, string> =
    options.door === 'worker'
      ? { authorization: `Bearer ${options.internalToken}` }
      : { [localDoorHeaders.client]: options.door };
  const base: RequestOptions = { socketPath, agent, headers, host: 'localhost' };
  let unsubscribe: (() => void) | undefined;

  async function call<Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
    { idempotencyKey }: CallOptions = {},
  ): Promise<Result<CommandOutput<Name>>> {
    const body = JSON.stringify(input);
    const frame = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      ...(idempotencyKey === undefined ? {} : { [localDoorHeaders.idempotencyKey]: idempotencyKey }),
    };
    try {
      const answer = await send(
        {
          ...base,
          method: 'POST',
          path: commandRoute(name),
          headers: { ...headers, ...frame },
          timeout: timeoutMs,
        },
        body,
        idempotencyKey !== undefined || !commandDefinition(name).changesState,
      );
      const value: unknown = JSON.parse(answer.text);
      // The value was made by the same program from the same contract.
      if (answer.isOk) return { ok: true, value: value as CommandOutput<Name> };
      return { ok: false, error: appErrorDtoSchema.parse(value) };
    } catch (thrown) {
      return { ok: false, error: apiUnavailable(thrown).toDto() };
    }
  }

  const methods = commandNames.map((name) => [
    commandMethodName(name),
    (input: CommandInput<typeof name>, callOptions?: CallOptions) => call(name, input, callOptions),
  ]);

  return {
    // Each method was made from the name it stands under.
    commands: Object.fromEntries(methods) as CommandClient,
    call,
    async isAnswering() {
      try {
        await send({ ...base, method: 'GET', path: '/health', timeout: healthTimeoutMs });
        return true;
      } catch {
        return false; // Whatever is wrong, it does not answer: that was the question.
      }
    },
    onEvent(listener) {
      listeners.add(listener);
      unsubscribe ??= subscribeToEvents(base, {
        onEvent: (event) => {
          for (const each of listeners) each(event);
        },
        onReconnected: () => {
          for (const each of listeners) each({ type: 'changed', topics: [...topicSchema.options] });
        },
      });
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        unsubscribe?.();
        unsubscribe = undefined;
      };
    },
    close() {
      unsubscribe?.();
      agent.destroy();
    },
  };
}

interface Answer {
  isOk: boolean;
  text: string;
}

/**
 * A connection that was kept open may end in the moment in which it is used again: then nothing was answered, and where
 * a repeat does no harm it is sent once more (https://nodejs.org/api/http.html#requestreusedsocket).
 */
async function send(options: RequestOptions, body?: string, isRepeatable = true): Promise<Answer> {
  const attempt = { isSocketReused: false };
  try {
    return await sendOnce(options, body, attempt);
  } catch (thrown) {
    if (!isRepeatable || !attempt.isSocketReused || readErrorCode(thrown) !== 'ECONNRESET') throw thrown;
    return sendOnce(options, body, attempt);
  }
}

function sendOnce(
  options: RequestOptions,
  body: string | undefined,
  attempt: { isSocketReused: boolean },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (incoming: IncomingMessage) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { statusCode = 0 } = incoming;
        resolve({
          isOk: statusCode >= 200 && statusCode < 300,
          text: Buffer.concat(chunks).toString('utf8'),
        });
      });
      incoming.on('error', reject);
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', (error) => {
      attempt.isSocketReused = outgoing.reusedSocket;
      reject(error);
    });
    outgoing.end(body);
  });
}

function apiUnavailable(cause: unknown): AppError {
  return new AppError({
    code: 'dependency.api-unavailable',
    userMessage:
      'Longhand is starting, or starting again. Nothing is lost; what you asked for was perhaps not done. Try again in a moment.',
    retry: 'auto',
    details: { reason: cause instanceof Error ? cause.message : String(cause) },
    cause,
  });
}
