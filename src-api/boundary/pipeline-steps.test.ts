import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandDefinition, commandNames, type CommandName } from '../../src-shared/contract/registry.ts';
import { createRateBucketRepository } from '../../src-data/rate-buckets.ts';
import { makeLibrary } from '../../src-data/testing/temporary-library.ts';
import { createSilentLogger } from '../../src-node/logger.ts';
import { handlers } from '../commands/handlers.ts';
import { createAuthenticate } from './authenticate.ts';
import { hashCanonically, toCanonicalJson } from './canonical-json.ts';
import { checkScope } from './check-scope.ts';
import type { Principal } from './principal.ts';
import { createRateLimit, type LimitedCall } from './rate-limit.ts';
import { validateInput } from './validate.ts';

const window = { kind: 'owner', client: 'window' } as const;

function makeAuthenticate(options: { internalToken: string | undefined } = { internalToken: 'token' }) {
  return createAuthenticate({
    ...options,
    tokens: { findBySecret: () => undefined, noteUse: () => undefined },
    now: () => new Date(),
    logger: createSilentLogger(),
  });
}

describe('authenticate', () => {
  it('believes the owner on the local door only', () => {
    const authenticate = makeAuthenticate();
    expect(authenticate(window, 'local').name).toBe('window');
    expect(() => authenticate(window, 'internal')).toThrow(
      expect.objectContaining({ code: 'input.not-allowed' }),
    );
  });

  it('knows the worker by its token, and nobody where there is none', () => {
    const shown = (token: string) => ({ kind: 'internal-token', token }) as const;
    expect(makeAuthenticate()(shown('token'), 'local').name).toBe('loop');
    expect(() => makeAuthenticate()(shown('Token'), 'local')).toThrow();
    const withoutWorker = makeAuthenticate({ internalToken: undefined });
    expect(() => withoutWorker(shown(''), 'local')).toThrow();
  });
});

describe('checkScope', () => {
  it('lets a loop change the library and not the system', () => {
    const loop = makeAuthenticate()({ kind: 'internal-token', token: 'token' }, 'local');
    expect(() => checkScope(loop, commandDefinition('ingest-media'))).not.toThrow();
    expect(() => checkScope(loop, commandDefinition('update-settings'))).toThrow(
      expect.objectContaining({ code: 'input.not-allowed' }),
    );
  });
});

describe('validateInput', () => {
  it('fills in defaults and says in one sentence what does not fit', () => {
    expect(validateInput(commandDefinition('search-library'), {})).toEqual({
      sort: 'newest',
      offset: 0,
      limit: 100,
    });
    expect(() => validateInput(commandDefinition('search-library'), { limit: 0 })).toThrow(
      /“Search the library” was asked for in a way that does not fit: .*Nothing was changed/,
    );
    expect(() => validateInput(commandDefinition('search-library'), { limit: 0, colour: 'red' })).toThrow(
      /limit: .*; Unrecognized key: "colour"/,
    );
  });
});

describe('the rate limit', () => {
  const rule = { burst: 3, perSecond: 10 };
  const same = { look: rule, change: rule, work: rule };
  const allowances = { agent: same, other: same };
  const about = (principal: Principal, command: CommandName): LimitedCall => ({
    ...{ principal, command },
    definition: commandDefinition(command),
  });
  const authenticate = makeAuthenticate();
  const caller = authenticate(window, 'local');
  const agent = authenticate({ kind: 'agent', client: 'mcp' }, 'local');

  it('lets a burst through, then as many as the time allows, for each caller and command apart', () => {
    let nowMs = 0;
    const buckets = createRateBucketRepository(makeLibrary());
    const limit = createRateLimit({ buckets, allowances, now: () => new Date(nowMs) });
    const other = authenticate({ kind: 'owner', client: 'command-line' }, 'local');
    for (let count = 0; count < 3; count += 1) limit.take(about(caller, 'search-library'));
    expect(() => limit.take(about(caller, 'search-library'))).toThrow(
      expect.objectContaining({ code: 'input.rate-limited', details: { retryAfterMs: 100 } }),
    );
    expect(() => limit.take(about(other, 'search-library'))).not.toThrow();
    // Also one of the same class, so that a caller gone wild can still be told to stop what it began.
    expect(() => limit.take(about(caller, 'summarise-library'))).not.toThrow();
    expect(() => limit.take(about(caller, 'ingest-media'))).not.toThrow();
    nowMs += 99;
    expect(() => limit.take(about(caller, 'search-library'))).toThrow();
    nowMs += 1;
    expect(() => limit.take(about(caller, 'search-library'))).not.toThrow();
    expect(() => limit.take(about(caller, 'search-library'))).toThrow();
  });

  it('gives an agent no new burst with a restart', () => {
    let nowMs = 0;
    const buckets = createRateBucketRepository(makeLibrary());
    const options = { buckets, allowances, now: () => new Date(nowMs) };
    const before = createRateLimit(options);
    for (let count = 0; count < 3; count += 1) before.take(about(agent, 'ingest-media'));
    before.save(about(agent, 'ingest-media'));
    const after = createRateLimit(options);
    expect(() => after.take(about(agent, 'ingest-media'))).toThrow(/Try again in a second/);
    nowMs += 100;
    expect(() => after.take(about(agent, 'ingest-media'))).not.toThrow();
  });
});

describe('the canonical text', () => {
  it('is the same for the same value, in whatever order its keys came', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const shuffled = Object.fromEntries(Object.entries(value).reverse());
        expect(hashCanonically(shuffled)).toBe(hashCanonically(value));
        expect(JSON.parse(toCanonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('differs where a value differs', () => {
    expect(hashCanonically({ a: [1, 2] })).not.toBe(hashCanonically({ a: [2, 1] }));
  });
});

describe('the handlers', () => {
  it('are there for every command, each of the kind that its mode wants', () => {
    expect(Object.keys(handlers).sort()).toEqual([...commandNames].sort());
    for (const name of commandNames) {
      const { mode, changesState } = commandDefinition(name);
      const kind = mode !== 'think' ? 'record' : changesState ? 'prepare' : 'answer';
      const kinds = Object.keys(handlers[name]).filter((key) => key !== 'preview' && key !== 'cost');
      expect(kinds, name).toEqual([kind]);
    }
  });
});
