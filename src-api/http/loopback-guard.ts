import type { MiddlewareHandler } from 'hono';
import { AppError } from '../../src-shared/domain/errors.ts';

/**
 * Keeps web pages out of the loopback door. A page can make a browser send requests to this computer, even under a name
 * of its own that it has pointed here (DNS rebinding): so the `Host` must be an address of ours, and no `Origin` but our
 * own is taken. Programs send none. See https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Origin.
 */
export function createLoopbackGuard(readPort: () => number): MiddlewareHandler {
  return async (context, next) => {
    const hosts = ['127.0.0.1', 'localhost'].map((name) => `${name}:${readPort()}`);
    const host = context.req.header('host')?.toLowerCase();
    const origin = context.req.header('origin')?.toLowerCase();
    const isOurs = host !== undefined && hosts.includes(host);
    const isFromPage = origin !== undefined && !hosts.some((own) => origin === `http://${own}`);
    if (!isOurs || isFromPage) throw notFromAPage();
    await next();
  };
}

function notFromAPage(): AppError {
  return new AppError({
    code: 'input.not-allowed',
    userMessage:
      'This door is for programs on this computer, not for web pages or other names of it. Nothing was changed. Ask at http://127.0.0.1 with the port of the address file.',
    retry: 'never',
  });
}
