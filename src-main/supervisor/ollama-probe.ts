import { get } from 'node:http';
import { z } from 'zod';
import { readErrorCode } from '../../src-node/data-folder.ts';

export type OllamaAnswer =
  | { answer: 'running'; version: string }
  /** Nothing listens there. */
  | { answer: 'absent' }
  /** Something listens and does not answer like Ollama, or not in time: a busy one may do that. */
  | { answer: 'silent' };

const answerWithinMs = 2000;
const versionSchema = z.object({ version: z.string() });

/** Asks for Ollama at an address such as `http://127.0.0.1:11434`. Never rejects. */
export async function probeOllama(baseUrl: string): Promise<OllamaAnswer> {
  try {
    const body = await readText(new URL('/api/version', baseUrl));
    const parsed = versionSchema.safeParse(JSON.parse(body));
    return parsed.success ? { answer: 'running', version: parsed.data.version } : { answer: 'silent' };
  } catch (error) {
    const code = readErrorCode(error);
    return { answer: code === 'ECONNREFUSED' || code === 'ENOTFOUND' ? 'absent' : 'silent' };
  }
}

/**
 * The address in a value of `OLLAMA_HOST` as Ollama itself reads it: scheme and port may be missing, and an address
 * to listen on everywhere is reached on the loopback address.
 */
export function parseOllamaHost(value: string): string | undefined {
  const text = value.trim().replace(/^["']|["']$/g, '');
  const withScheme = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  if (text === '' || !URL.canParse(withScheme)) return undefined;
  const url = new URL(withScheme);
  const usualPort = text.includes('://') ? (url.protocol === 'https:' ? '443' : '80') : '11434';
  const hostname = url.hostname === '0.0.0.0' || url.hostname === '[::]' ? '127.0.0.1' : url.hostname;
  const writtenPort = /:(\d+)(?:\/|$)/.exec(text.replace(/^[a-z]+:\/\//i, ''))?.[1];
  return `${url.protocol}//${hostname}:${writtenPort ?? usualPort}`;
}

async function readText(url: URL): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get(url, { timeout: answerWithinMs, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
  });
}
