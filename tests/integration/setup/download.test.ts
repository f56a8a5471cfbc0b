import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox, loadSetup, setupUrl, sha256Of, waitUntil } from './sandbox.ts';

let sandbox: Sandbox;
const servers = new Set<Server>();

beforeEach(() => {
  sandbox = new Sandbox();
});

afterEach(async () => {
  sandbox.end();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
  servers.clear();
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  servers.add(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`;
}

/** Serves `content`, from where the client asks; `pauseAt` stops sending there, until the connection is closed. */
function serveContent(content: Buffer, ranges: (string | undefined)[], pauseAt: (request: number) => number) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { range } = request.headers;
    ranges.push(range);
    const start = Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
    response.writeHead(range === undefined ? 200 : 206, { 'content-length': content.length - start });
    const end = pauseAt(ranges.length);
    if (end >= content.length) response.end(content.subarray(start));
    else response.write(content.subarray(start, end));
  };
}

describe('a download', () => {
  it('that was killed half-way goes on where it stopped, and arrives whole', async () => {
    const content = randomBytes(400_000);
    const ranges: (string | undefined)[] = [];
    const url = await serve(serveContent(content, ranges, (request) => (request === 1 ? 150_000 : Infinity)));
    const file = join(sandbox.folder, 'part.bin');
    const options = JSON.stringify({ url, file, sha256: sha256Of(content) });
    const source = `import { downloadFile } from '${setupUrl('download.mjs')}'; await downloadFile(${options})`;

    const first = sandbox.run(source);
    await waitUntil(
      () => existsSync(`${file}.partial`) && readFileSync(`${file}.partial`).length === 150_000,
    );
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect(existsSync(file)).toBe(false);

    const [exitCode] = (await once(sandbox.run(source), 'exit')) as [number];
    expect(exitCode).toBe(0);
    expect(ranges).toEqual([undefined, 'bytes=150000-']);
    expect(sha256Of(readFileSync(file))).toBe(sha256Of(content));
    expect(existsSync(`${file}.partial`)).toBe(false);
  });

  it('goes on by itself when the server closes the connection early', async () => {
    const content = randomBytes(200_000);
    const ranges: (string | undefined)[] = [];
    const answer = serveContent(content, ranges, () => Infinity);
    let isFirst = true;
    const url = await serve((request, response) => {
      if (isFirst) {
        response.writeHead(200, { 'content-length': content.length });
        response.write(content.subarray(0, 90_000), () => response.destroy());
      } else answer(request, response);
      isFirst = false;
    });
    const { downloadFile } = await loadSetup('download.mjs');
    await downloadFile({ url, file: join(sandbox.folder, 'part.bin'), sha256: sha256Of(content) });
    expect(ranges).toHaveLength(1);
    expect(sha256Of(readFileSync(join(sandbox.folder, 'part.bin')))).toBe(sha256Of(content));
  });

  it('with another hash than the pinned one is refused and thrown away', async () => {
    const url = await serve((_request, response) => response.end('something else'));
    const { downloadFile } = await loadSetup('download.mjs');
    const file = join(sandbox.folder, 'part.bin');
    await expect(downloadFile({ url, file, sha256: sha256Of(Buffer.from('as it was')) })).rejects.toThrow(
      /SHA-256 .* expected; it was thrown away/,
    );
    expect(readdirSync(sandbox.folder)).toEqual([]);
  });

  it('that the server refuses says so, and leaves nothing', async () => {
    const url = await serve((_request, response) => response.writeHead(404).end());
    const { downloadFile } = await loadSetup('download.mjs');
    await expect(downloadFile({ url, file: join(sandbox.folder, 'part.bin') })).rejects.toThrow(
      /answered 404/,
    );
    expect(readdirSync(sandbox.folder)).toEqual([]);
  });
});

describe('unzip', () => {
  it('refuses an archive that would write outside the folder', async () => {
    const file = join(sandbox.folder, 'evil.zip');
    writeFileSync(file, zipOf('../outside', 'x'));
    const { unzip } = await loadSetup('unzip.mjs');
    await expect(unzip(file, join(sandbox.folder, 'inside'))).rejects.toThrow(/unsafe name/);
    expect(existsSync(join(sandbox.folder, 'outside'))).toBe(false);
  });

  it('refuses an archive whose end is missing', async () => {
    const file = join(sandbox.folder, 'short.zip');
    writeFileSync(file, zipOf('name', 'content').subarray(0, -30));
    const { unzip } = await loadSetup('unzip.mjs');
    await expect(unzip(file, join(sandbox.folder, 'inside'))).rejects.toThrow(/not a complete zip file/);
  });
});

/** A zip file with one stored entry. */
function zipOf(name: string, content: string): Buffer {
  const nameBytes = Buffer.from(name);
  const data = Buffer.from(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(nameBytes.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(data.length, 24);
  central.writeUInt16LE(nameBytes.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + nameBytes.length, 12);
  end.writeUInt32LE(local.length + nameBytes.length + data.length, 16);
  return Buffer.concat([local, nameBytes, data, central, nameBytes, end]);
}
