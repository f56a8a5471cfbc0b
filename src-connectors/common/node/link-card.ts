import { lookup } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import { Agent, request, type Dispatcher } from 'undici';
import { firstGraphemes } from '../../../src-shared/domain/platforms/count-text.ts';

/** What a page says of itself to those who link to it (https://ogp.me). */
export interface LinkCard {
  url: string;
  title: string;
  description: string;
  picture: { bytes: Buffer; mimeType: string } | null;
}

export interface LinkCardOptions {
  signal: AbortSignal;
  /** Only tests may: their pages are on this machine. */
  allowsPrivateAddresses?: boolean;
}

const pageMaxBytes = 500_000;
const pictureMaxBytes = 1_000_000;
const timeoutMs = 10_000;
const pictureTypes = ['image/jpeg', 'image/png', 'image/webp'];

/** Null where the page says nothing, does not answer soon, or is not on the open internet. */
export async function readLinkCard(url: string, options: LinkCardOptions): Promise<LinkCard | null> {
  const dispatcher = new Agent(
    options.allowsPrivateAddresses === true ? {} : { connect: { lookup: lookUpPublic } },
  );
  try {
    const page = await read(url, pageMaxBytes, dispatcher, options);
    if (page === null || !page.mimeType.includes('html')) return null;
    const html = page.bytes.toString('utf8');
    const title = readMeta(html, 'og:title') ?? readTitle(html);
    if (title === null) return null;
    return {
      url,
      title: firstGraphemes(title, 300),
      description: firstGraphemes(
        readMeta(html, 'og:description') ?? readMeta(html, 'description') ?? '',
        1_000,
      ),
      picture: await readPicture(readMeta(html, 'og:image'), page.url, dispatcher, options),
    };
  } catch {
    options.signal.throwIfAborted();
    return null; // A card is an ornament: whatever is wrong with somebody's page must not stop a post.
  } finally {
    await dispatcher.close();
  }
}

async function readPicture(
  address: string | null,
  base: string,
  dispatcher: Dispatcher,
  options: LinkCardOptions,
): Promise<LinkCard['picture']> {
  if (address === null || !URL.canParse(address, base)) return null;
  const file = await read(new URL(address, base).href, pictureMaxBytes, dispatcher, options);
  const mimeType = file?.mimeType.split(';')[0]?.trim() ?? '';
  return file !== null && pictureTypes.includes(mimeType) ? { bytes: file.bytes, mimeType } : null;
}

const redirectLimit = 4;

async function read(
  url: string,
  maxBytes: number,
  dispatcher: Dispatcher,
  options: LinkCardOptions,
  redirects = 0,
): Promise<{ url: string; mimeType: string; bytes: Buffer } | null> {
  const { protocol, hostname } = new URL(url);
  const isWeb = protocol === 'http:' || protocol === 'https:';
  // An address given as a number is never looked up.
  const isRefused = options.allowsPrivateAddresses !== true && isPrivate(hostname.replace(/^\[|\]$/g, ''));
  if (!isWeb || isRefused) return null;
  const response = await request(url, {
    dispatcher,
    signal: AbortSignal.any([options.signal, AbortSignal.timeout(timeoutMs)]),
    headers: { accept: 'text/html,image/*;q=0.8', 'user-agent': 'Longhand link preview' },
  });
  const location = response.headers['location'];
  if (response.statusCode >= 300 && response.statusCode < 400 && typeof location === 'string') {
    await response.body.dump();
    if (redirects >= redirectLimit) return null;
    return read(new URL(location, url).href, maxBytes, dispatcher, options, redirects + 1);
  }
  if (response.statusCode !== 200) {
    await response.body.dump();
    return null;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return { url, mimeType: String(response.headers['content-type'] ?? ''), bytes: Buffer.concat(chunks) };
}

const privateRanges = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const) {
  privateRanges.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  privateRanges.addSubnet(network, prefix, 'ipv6');
}

/** Whether it names this machine or its network: a link in a post must not make Longhand ask around there. */
export function isPrivate(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && privateRanges.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

const lookUpPublic: typeof lookup = ((hostname: string, options: object, callback: LookupCallback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const open = error === null ? addresses.filter(({ address }) => !isPrivate(address)) : [];
    const isClosed = error === null && open.length === 0;
    callback(isClosed ? new Error(`${hostname} is not on the open internet`) : error, open);
  });
}) as unknown as typeof lookup;

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  addresses: { address: string; family: number }[],
) => void;

function readMeta(html: string, name: string): string | null {
  for (const [tag] of html.matchAll(/<meta\s[^>]*>/giu)) {
    const key = readAttribute(tag, 'property') ?? readAttribute(tag, 'name');
    const content = readAttribute(tag, 'content');
    if (key?.toLowerCase() === name && content !== null && content.trim() !== '') return content.trim();
  }
  return null;
}

function readAttribute(tag: string, name: string): string | null {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'iu').exec(tag);
  const value = match?.[1] ?? match?.[2];
  return value === undefined ? null : decodeEntities(value);
}

function readTitle(html: string): string | null {
  const title = /<title[^>]*>([^<]*)<\/title>/iu.exec(html)?.[1]?.trim();
  return title === undefined || title === '' ? null : decodeEntities(title);
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/giu, (whole, decimal, hexadecimal, name) => {
    const codePoint = decimal !== undefined ? Number(decimal) : Number.parseInt(String(hexadecimal), 16);
    if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole;
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : whole;
  });
}
