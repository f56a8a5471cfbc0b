import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { parseOllamaHost, probeOllama } from './ollama-probe.ts';

it.each([
  ['127.0.0.1:11500', 'http://127.0.0.1:11500'],
  ['127.0.0.1', 'http://127.0.0.1:11434'],
  ['0.0.0.0', 'http://127.0.0.1:11434'],
  ['0.0.0.0:80', 'http://127.0.0.1:80'],
  ['[::]:1234', 'http://127.0.0.1:1234'],
  ['http://studio.local', 'http://studio.local:80'],
  ['https://studio.local/', 'https://studio.local:443'],
  ['"studio.local:9"', 'http://studio.local:9'],
  ['', undefined],
  ['http://', undefined],
])('reads OLLAMA_HOST=%s as Ollama does', (value, expected) => {
  expect(parseOllamaHost(value)).toBe(expected);
});

it('tells a runtime from another server and from nobody', async () => {
  const server = createServer((request, response) => {
    response.end(request.url === '/api/version' ? '{"version":"0.17.4"}' : 'hello');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await probeOllama(`http://127.0.0.1:${port}`)).toEqual({ answer: 'running', version: '0.17.4' });
  server.removeAllListeners('request');
  server.on('request', (_request, response) => response.end('hello'));
  expect(await probeOllama(`http://127.0.0.1:${port}`)).toEqual({ answer: 'silent' });
  server.close();
  await once(server, 'close');
  expect(await probeOllama(`http://127.0.0.1:${port}`)).toEqual({ answer: 'absent' });
});
