import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { stream } from 'hono/streaming';
import { z } from 'zod';
import {
  commandDefinition,
  commandNames,
  commandRoute,
  type CommandInput,
  type CommandName,
} from '../../src-shared/contract/registry.ts';
import { localDoorHeaders } from '../../src-node/local-door.ts';
import { AppError, toAppError, type AppErrorDto, type Result } from '../../src-shared/domain/errors.ts';
import type { Authenticate } from '../boundary/authenticate.ts';
import type { Boundary } from '../boundary/execute.ts';
import type { Credentials, Door } from '../boundary/principal.ts';
import { httpStatusOf } from './error-status.ts';
import type { EventHub } from './event-hub.ts';
import { answerMcp } from './mcp-route.ts';
import { describeOpenApi } from './openapi.ts';

export interface HttpAppOptions {
  boundary: Boundary;
  authenticate: Authenticate;
  door: Door;
  /** What a request shows of its caller; each door reads it in its own way. */
  readCredentials: (context: Context) => Credentials;
  appVersion: string;
  /** What happens as it happens: for our own programs only. */
  events?: EventHub;
  /** Checks that come before everything else. */
  guard?: MiddlewareHandler;
  /** Room for an edit of 5,000 segments with their words where nothing else is said. */
  maxBodyBytes?: number;
}

const defaultMaxBodyBytes = 16 * 1024 * 1024;
/** Of a body that is too large; who sends more is cut off. */
const maxDiscardedBytes = 64 * 1024 * 1024;
const heartbeatEveryMs = 5000;

const idempotencyKeySchema = z.string().min(1).max(300).optional();

/**
 * The contract over HTTP: `POST /<area>/<command>` with the input as JSON, an `Idempotency-Key` header where wanted, and
 * the output or an `AppErrorDto` as the answer; the same as tools of the Model Context Protocol at `/mcp`; a sign of life.
 */
export function createHttpApp(options: HttpAppOptions): Hono {
  const { boundary, authenticate, events, door, readCredentials, appVersion, guard } = options;
  const app = new Hono();

  app.onError((error, context) => answer(context, { ok: false, error: toAppError(error).toDto() }));
  app.notFound((context) =>
    answer(context, refuse('input.not-found', `There is no command at ${context.req.path}.`)),
  );
  if (guard !== undefined) app.use(guard);
  app.use(
    bodyLimit({
      maxSize: options.maxBodyBytes ?? defaultMaxBodyBytes,
      async onError(context) {
        await discardBody(context.req.raw.body);
        return answer(context, refuse('input.invalid', 'The request is too large.'));
      },
    }),
  );

  app.get('/health', (context) => context.json({ ok: true, version: appVersion }));
  app.get('/openapi.json', (context) => context.json(describeOpenApi(appVersion)));

  if (events !== undefined) app.get('/events', (context) => streamEvents(context, events));

  app.all('/mcp', (context) => {
    const credentials = readCredentials(context);
    const principal = authenticate(credentials, 'mcp');
    return answerMcp(context, { boundary, credentials, principal, appVersion });
  });

  for (const name of commandNames) {
    app.post(commandRoute(name), async (context) => answer(context, await run(context, name), name));
  }

  async function run(context: Context, name: CommandName): Promise<Result<unknown>> {
    const input = await readJson(context);
    if (!input.ok) return refuse('input.invalid', 'The body must be JSON: the input of the command.');
    const key = idempotencyKeySchema.safeParse(context.req.header(localDoorHeaders.idempotencyKey));
    if (!key.success) return refuse('input.invalid', 'The idempotency key must have 1 to 300 characters.');
    // The boundary validates: what comes in here may be anything.
    const given = input.value as CommandInput<CommandName>;
    return boundary.execute(readCredentials(context), door, name, given, { idempotencyKey: key.data });
  }

  return app;
}

function streamEvents(context: Context, events: EventHub): Response {
  context.header('content-type', 'application/x-ndjson');
  return stream(context, async (output) => {
    let ended = (): void => undefined;
    const untilEnded = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const write = (text: string): void => {
      output.write(text).catch(ended);
    };
    const unsubscribe = events.subscribe((event) => write(`${JSON.stringify(event)}\n`));
    const heartbeat = setInterval(() => write('\n'), heartbeatEveryMs);
    output.onAbort(ended);
    await untilEnded;
    clearInterval(heartbeat);
    unsubscribe();
  });
}

function answer(context: Context, result: Result<unknown>, name?: CommandName): Response {
  if (!result.ok) return answerError(context, result.error);
  const isDurable = name !== undefined && commandDefinition(name).mode !== 'think';
  return context.json(result.value as object, isDurable ? 202 : 200);
}

function answerError(context: Context, error: AppErrorDto): Response {
  const retryAfterMs = error.details?.['retryAfterMs'];
  // https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
  if (typeof retryAfterMs === 'number') context.header('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  return context.json(error, httpStatusOf(error.code));
}

/** A caller that is still writing would find the connection broken instead of an answer. */
async function discardBody(body: ReadableStream<Uint8Array> | null): Promise<void> {
  const reader = body?.getReader();
  for (let bytes = 0; reader !== undefined && bytes < maxDiscardedBytes;) {
    const { done, value } = await reader.read();
    if (done) return;
    bytes += value.byteLength;
  }
  await reader?.cancel();
}

/** An empty body stands for an empty input. */
async function readJson(context: Context): Promise<{ ok: true; value: unknown } | { ok: false }> {
  const text = await context.req.text();
  if (text === '') return { ok: true, value: {} };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return { ok: false };
    throw thrown;
  }
}

function refuse(code: 'input.invalid' | 'input.not-found', userMessage: string): Result<never> {
  const error = new AppError({ code, userMessage: `${userMessage} Nothing was changed.`, retry: 'never' });
  return { ok: false, error: error.toDto() };
}
