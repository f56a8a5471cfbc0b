import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hostServices, type HostedServices } from '../../src-cli/host-services.ts';
import { openDataFolder } from '../../src-node/data-folder.ts';
import type { LocalApiClient } from '../../src-node/local-api-client.ts';
import { fromAppErrorDto, type Result } from '../../src-shared/domain/errors.ts';
import { startBlueskyServer, type BlueskyAccount, type BlueskyServer } from '../fixtures/bluesky-server.ts';
import type { FaultProxy } from '../fixtures/fault-proxy.ts';
import { killHard } from '../fixtures/kill-hard.ts';
import { chooseFault, createRandom } from './soak-faults.ts';

export interface SoakOptions {
  /** One post a round, in trouble all the while. */
  rounds: number;
  seed: number;
  /** How far apart the rounds begin. */
  roundMs: number;
  /** How far apart processes are killed, about. */
  killEveryMs: number;
  /** For what is left when the trouble is over. */
  settleWithinMs: number;
  /** Which processes are killed; all where it is left out. */
  victims?: readonly Victim[];
  /** Whether the line breaks too; it does where it is left out. */
  isLineBad?: boolean;
  onNote: (line: string) => void;
}

export interface SoakReport {
  rounds: number;
  seed: number;
  tookMs: number;
  kills: Record<string, number>;
  faults: Record<string, number>;
  /** As the library says. */
  states: Record<string, number>;
  /** Posts whose text does not stand on the server. */
  lost: string[];
  /** Posts whose text stands there more than once. */
  doubled: string[];
  /** Posts of which the library says something else than the server. */
  untrue: string[];
  /** Sendings of an account before the time that the server had asked it to wait for. */
  hasty: number;
}

const killable = ['worker', 'temporal', 'api'] as const;
type Victim = (typeof killable)[number];
const accountCount = 4;
const passphrase = 'a passphrase for the soak';

/**
 * The whole program, without a window, publishes on the real Bluesky server through a line that breaks all the time,
 * while its worker, its Temporal and its api are killed at random. Then the posts on the server are counted.
 */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const startedAtMs = Date.now();
  const random = createRandom(options.seed);
  const folder = await mkdtemp(join(tmpdir(), 'longhand-soak-'));
  const server = await startBlueskyServer();
  const hosted = await startServices(folder);
  try {
    const { accountIds, people } = await connectAccounts(server, hosted.client);
    await untilReady(hosted);
    const kills: Record<string, number> = {};
    const trouble = new AbortController();
    if (options.isLineBad !== false) server.proxy.decide((request) => chooseFault(random, request));
    const killing = keepKilling({ hosted, random, kills, options, signal: trouble.signal });

    const posts: { postId: string; text: string; person: BlueskyAccount }[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const index = round % accountCount;
      const [accountId, person] = [accountIds[index], people[index]];
      if (accountId === undefined || person === undefined) throw new Error('an account is missing');
      const text = `Round ${round} of seed ${options.seed}`;
      const inMs = Math.round(random() * 3_000);
      posts.push({
        postId: await schedule(hosted.client, { accountId, text, inMs, key: `round-${round}` }),
        text,
        person,
      });
      if (round % 20 === 19) options.onNote(`${round + 1} rounds begun`);
      await delay(options.roundMs * (0.5 + random()));
    }
    trouble.abort();
    await killing;
    server.proxy.decide(null);
    options.onNote('the trouble is over; what is left settles');
    const stateOf = await settle(
      hosted,
      posts.map(({ postId }) => postId),
      options.settleWithinMs,
    );

    const report = await compare(posts, stateOf);
    return {
      rounds: options.rounds,
      seed: options.seed,
      tookMs: Date.now() - startedAtMs,
      kills,
      faults: countFaults(server.proxy),
      hasty: countHasty(server.proxy),
      ...report,
    };
  } finally {
    await hosted.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

async function startServices(folder: string): Promise<HostedServices> {
  const programsFolder = join(import.meta.dirname, '../../dist-app/main');
  if (!existsSync(join(programsFolder, 'api.js'))) throw new Error('run `npm run build` first');
  const hosted = await hostServices({ dataFolder: openDataFolder(join(folder, 'home')), programsFolder });
  if (hosted === undefined) throw new Error('the data folder is in use');
  return hosted;
}

/** There is nothing to be killed before. */
async function untilReady({ supervisor }: HostedServices): Promise<void> {
  const isReady = (name: Victim) =>
    supervisor.readProcesses().some((each) => each.name === name && each.state === 'ready');
  while (!killable.every(isReady)) await delay(100);
}

async function connectAccounts(server: BlueskyServer, client: LocalApiClient) {
  expectValue(await client.commands.protectVault({ protection: 'passphrase', passphrase }));
  const people: BlueskyAccount[] = [];
  const accountIds: string[] = [];
  for (let index = 0; index < accountCount; index += 1) {
    const person = await server.createAccount(`soak${index}`);
    const appPassword = await person.createAppPassword('longhand');
    const request = { serviceUrl: server.url, identifier: person.handle, appPassword };
    people.push(person);
    accountIds.push(expectValue(await client.commands.connectBlueskyAccount(request)).accountId);
  }
  return { accountIds, people };
}

interface SoakPost {
  accountId: string;
  text: string;
  inMs: number;
  key: string;
}

/** Asks until it is accepted: the api may be killed while it answers. The key makes it one post. */
async function schedule(client: LocalApiClient, post: SoakPost, tries = 1): Promise<string> {
  const { accountId, text, inMs, key } = post;
  const dueAt = new Date(Date.now() + inMs).toISOString();
  const input = {
    content: { parts: [{ text }] },
    targets: [{ accountId }],
    when: { kind: 'at' as const, dueAt, zone: 'Europe/Berlin' },
  };
  for (;;) {
    const answer = await client.commands.schedulePost(input, { idempotencyKey: `${key}-${tries}` });
    if (answer.ok) return answer.value.entityId;
    // The api was away until the time had passed: nothing was accepted under this key.
    if (answer.error.details?.['dueAt'] === dueAt) return schedule(client, post, tries + 1);
    if (
      !['dependency.api-unavailable', 'dependency.starting', 'input.rate-limited'].includes(answer.error.code)
    ) {
      throw fromAppErrorDto(answer.error);
    }
    await delay(100);
  }
}

async function keepKilling(context: {
  hosted: HostedServices;
  random: () => number;
  kills: Record<string, number>;
  options: SoakOptions;
  signal: AbortSignal;
}): Promise<void> {
  const { hosted, random, kills, options, signal } = context;
  const victims = options.victims ?? killable;
  const isOver = () => signal.aborted;
  while (!isOver()) {
    await delay(options.killEveryMs * (0.5 + random()), undefined, { signal }).catch(() => undefined);
    if (isOver()) return;
    // Now and then two fall together.
    const count = random() < 0.2 ? 2 : 1;
    for (let index = 0; index < count; index += 1) {
      const name = victims[Math.floor(random() * victims.length)] ?? 'worker';
      const process_ = hosted.supervisor.readProcesses().find((each) => each.name === name);
      if (process_?.state === 'failed') hosted.supervisor.retry(name);
      if (process_?.pid == null || process_.state !== 'ready') continue;
      killHard(process_.pid);
      kills[name] = (kills[name] ?? 0) + 1;
    }
  }
}

const endStates = new Set(['published', 'unconfirmed', 'failed', 'missed', 'cancelled', 'needs-decision']);

/** Waits until nothing goes on any more, at most for the time that is given. */
async function settle(
  { client, supervisor }: HostedServices,
  postIds: readonly string[],
  withinMs: number,
): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  const deadlineMs = Date.now() + withinMs;
  for (;;) {
    for (const { name, state } of supervisor.readProcesses()) if (state === 'failed') supervisor.retry(name);
    for (const postId of postIds) {
      if (endStates.has(states.get(postId) ?? '')) continue;
      const answer = await client.commands.readPost({ postId });
      if (answer.ok) states.set(postId, answer.value.state);
    }
    const areAllOver = postIds.every((postId) => endStates.has(states.get(postId) ?? ''));
    if (areAllOver || Date.now() > deadlineMs) return states;
    await delay(500);
  }
}

async function compare(
  posts: readonly { postId: string; text: string; person: BlueskyAccount }[],
  stateOf: ReadonlyMap<string, string>,
): Promise<Pick<SoakReport, 'states' | 'lost' | 'doubled' | 'untrue'>> {
  const counts = new Map<string, number>();
  for (const person of new Set(posts.map((post) => post.person))) {
    for (const { value } of await person.listPosts()) {
      const text = String(value['text']);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  const states: Record<string, number> = {};
  const [lost, doubled, untrue]: [string[], string[], string[]] = [[], [], []];
  for (const { postId, text } of posts) {
    const count = counts.get(text) ?? 0;
    const state = stateOf.get(postId) ?? 'unknown';
    states[state] = (states[state] ?? 0) + 1;
    if (count === 0) lost.push(text);
    if (count > 1) doubled.push(text);
    if ((state === 'published') !== count > 0) untrue.push(`${text}: ${state}, and ${count} on the server`);
  }
  return { states, lost, doubled, untrue };
}

function countFaults({ done }: FaultProxy): Record<string, number> {
  const faults: Record<string, number> = {};
  for (const { fault } of done) faults[fault] = (faults[fault] ?? 0) + 1;
  return faults;
}

/** How often an account sent before the time it was asked to wait for was over. */
function countHasty({ done }: FaultProxy): number {
  const waitsUntilMs = new Map<string, number>();
  let hasty = 0;
  for (const { request, retryAfterMs, atMs } of done) {
    if (!request.url.includes('applyWrites')) continue;
    const account = subjectOf(request.headers.authorization ?? '');
    if (atMs < (waitsUntilMs.get(account) ?? 0) - clockGrainMs) hasty += 1;
    if (retryAfterMs !== null) waitsUntilMs.set(account, atMs + retryAfterMs);
  }
  return hasty;
}

const clockGrainMs = 50;

function subjectOf(authorization: string): string {
  const body = authorization.split('.')[1] ?? '';
  try {
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as { sub?: string };
    return claims.sub ?? '';
  } catch {
    return ''; // No token that can be read: nobody's.
  }
}

function expectValue<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value;
  throw fromAppErrorDto(result.error);
}

/** The report as lines of a table. */
export function formatReport(report: SoakReport): string[] {
  const listed = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  const rows: [string, string][] = [
    ['rounds', `${report.rounds} (seed ${report.seed}), ${Math.round(report.tookMs / 1_000)} s`],
    ['killed (kill -9)', listed(report.kills)],
    ['line faults', listed(report.faults)],
    ['in the library', listed(report.states)],
    ['lost', `${report.lost.length}`],
    ['doubled', `${report.doubled.length}`],
    ['told otherwise than true', `${report.untrue.length}`],
    ['sent before Retry-After', `${report.hasty}`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    ...[...report.lost.map((text) => `lost: ${text}`), ...report.doubled.map((text) => `doubled: ${text}`)],
    ...report.untrue.map((text) => `untrue: ${text}`),
  ];
}
