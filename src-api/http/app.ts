import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { stream } from 'hono/streaming';
import { z } from 'zod';
import {
  commandDefinition,
  commandNames,
  commandRoute,
  type CommandName,
} from '../../src-shared/contract/registry.ts';
import { AppError, toAppError, type Result } from '../../src-shared/domain/errors.ts';
import type { Boundary } from '../boundary/execute.ts';
import type { Credentials, Door } from '../boundary/principal.ts';
import { httpStatusOf } from './error-status.ts';
import type { EventHub } from './event-hub.ts';

export interface HttpAppOptions {
  boundary: Boundary;
  events: EventHub;
  door: Door;
  /** What a request shows of its caller; each door reads it in its own way. */
  readCredentials: (context: Context) => Credentials;
  appVersion: string;
}

/** Room for an edit of 5,000 segments with their words. */
const maxBodyBytes = 16 * 1024 * 1024;
const heartbeatEveryMs = 5000;

const bodySchema = z.strictObject({
  input: z.unknown().optional(),
  idempotencyKey: z.string().min(1).max(300).optional(),
});

/** The contract over HTTP: a route per command, the stream of events, and a sign of life. */
export function createHttpApp(options: HttpAppOptions): Hono {
  const { boundary, events, door, readCredentials, appVersion } = options;
  const app = new Hono();

  app.onError((error, context) => answer(context, { ok: false, error: toAppError(error).toDto() }));
  app.notFound((context) =>
    answer(context, refuse('input.not-found', `There is no command at ${context.req.path}.`)),
  );
  app.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: (context) => answer(context, refuse('input.invalid', 'The request is too large.')),
    }),
  );

  app.get('/health', (context) => context.json({ ok: true, version: appVersion }));

  app.get('/events', (context) => {
    readCredentials(context);
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
  });

  for (const name of commandNames) {
    app.post(commandRoute(name), async (context) => answer(context, await run(context, name), name));
  }

  async function run(context: Context, name: CommandName): Promise<Result<unknown>> {
    const body = bodySchema.safeParse(await readJson(context));
    if (!body.success) {
      return refuse('input.invalid', 'The body must be JSON with the fields input and idempotencyKey.');
    }
    const { input, idempotencyKey } = body.data;
    // The boundary validates: what comes in here may be anything.
    return boundary.execute(readCredentials(context), door, name, input ?? {}, { idempotencyKey });
  }

  return app;
}

function answer(context: Context, result: Result<unknown>, name?: CommandName): Response {
  if (!result.ok) return context.json(result, httpStatusOf(result.error.code));
  const isDurable = name !== undefined && commandDefinition(name).mode !== 'think';
  return context.json(result, isDurable ? 202 : 200);
}

async function readJson(context: Context): Promise<unknown> {
  try {
    return await context.req.json();
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

function refuse(code: 'input.invalid' | 'input.not-found', userMessage: string): Result<never> {
  const error = new AppError({ code, userMessage: `${userMessage} Nothing was changed.`, retry: 'never' });
  return { ok: false, error: error.toDto() };
}
