import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isPrivate, readLinkCard } from './link-card.ts';

const signal = new AbortController().signal;
const html = `<html><head><title>Plain &amp; simple</title>
<meta content='About &#x201c;things&#8221;' property="og:title"><meta name="description" content="What it is.">
<meta property="og:image" content="/picture.png"></head></html>`;

async function serve(answer: Record<string, { type: string; body: string | Buffer; location?: string }>) {
  const server = createServer((incoming, reply) => {
    const page = answer[incoming.url ?? ''];
    const headers = {
      'content-type': page?.type ?? 'text/plain',
      ...(page?.location && { location: page.location }),
    };
    reply.writeHead(page === undefined ? 404 : page.location === undefined ? 200 : 302, headers);
    reply.end(page?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a link card', () => {
  it('says what the page says of itself, with its picture', async () => {
    const url = await serve({
      '/': { type: 'text/html; charset=utf-8', body: html },
      '/picture.png': { type: 'image/png', body: Buffer.from('picture') },
    });
    expect(await readLinkCard(`${url}/`, { signal, allowsPrivateAddresses: true })).toEqual({
      url: `${url}/`,
      title: 'About “things”',
      description: 'What it is.',
      picture: { bytes: Buffer.from('picture'), mimeType: 'image/png' },
    });
  });

  it('is left out where the page is missing, no page, or too large', async () => {
    const url = await serve({
      '/file': { type: 'application/zip', body: 'zip' },
      '/large': { type: 'text/html', body: html + 'x'.repeat(600_000) },
    });
    for (const path of ['/missing', '/file', '/large']) {
      expect(await readLinkCard(url + path, { signal, allowsPrivateAddresses: true }), path).toBeNull();
    }
  });

  it('is never read from this machine or its network, not even by a detour', async () => {
    const url = await serve({ '/': { type: 'text/html', body: html } });
    expect(await readLinkCard(`${url}/`, { signal })).toBeNull();
    expect(await readLinkCard(`${url.replace('127.0.0.1', 'localhost')}/`, { signal })).toBeNull();
    for (const address of [
      '10.1.2.3',
      '192.168.0.1',
      '169.254.169.254',
      '::1',
      'fd00::1',
      '::ffff:127.0.0.1',
    ]) {
      expect(isPrivate(address), address).toBe(true);
    }
    for (const address of ['1.1.1.1', '2606:4700::1111']) expect(isPrivate(address), address).toBe(false);
  });
});
