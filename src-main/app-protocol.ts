import { net, protocol } from 'electron';
import { join, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contentSecurityPolicy } from './content-security.ts';

export const appOrigin = 'app://longhand';

/** Must run before Electron is ready. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    {
      scheme: 'media',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: true },
    },
  ]);
}

/**
 * Serves the built window from its folder, and nothing outside it. A path without an extension is a screen, so it
 * gets the page.
 */
export function serveApp(rendererFolder: string): void {
  protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url);
    const relative = /\.[a-z0-9]+$/i.test(pathname) ? decodeURIComponent(pathname) : '/index.html';
    const path = normalize(join(rendererFolder, relative));
    if (host !== 'longhand' || !path.startsWith(rendererFolder + sep))
      return new Response(null, { status: 404 });
    const file = await net.fetch(pathToFileURL(path).toString());
    const headers = new Headers(file.headers);
    headers.set('content-security-policy', contentSecurityPolicy);
    headers.set('x-content-type-options', 'nosniff');
    return new Response(file.body, { status: file.status, headers });
  });
}
