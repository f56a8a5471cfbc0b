import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandDefinition, commandNames } from '../../src-shared/contract/registry.ts';
import { handlers } from '../commands/handlers.ts';
import { createAuthenticate } from './authenticate.ts';
import { hashCanonically, toCanonicalJson } from './canonical-json.ts';
import { checkScope } from './check-scope.ts';
import { createRateLimit } from './rate-limit.ts';
import { validateInput } from './validate.ts';

const window = { kind: 'owner', client: 'window' } as const;

describe('authenticate', () => {
  it('believes the owner on the local door only', () => {
    const authenticate = createAuthenticate('token');
    expect(authenticate(window, 'local').name).toBe('window');
    expect(() => authenticate(window, 'internal')).toThrow(
      expect.objectContaining({ code: 'input.not-allowed' }),
    );
  });

  it('knows the worker by its token, and nobody where there is none', () => {
    const shown = (token: string) => ({ kind: 'internal-token', token }) as const;
    expect(createAuthenticate('token')(shown('token'), 'local').name).toBe('loop');
    expect(() => createAuthenticate('token')(shown('Token'), 'local')).toThrow();
    expect(() => createAuthenticate(undefined)(shown(''), 'local')).toThrow();
  });
});

describe('checkScope', () => {
  it('lets a loop change the library and not the system', () => {
    const loop = createAuthenticate('token')({ kind: 'internal-token', token: 'token' }, 'local');
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
  });
});

describe('the rate limit', () => {
  it('lets a burst through, then as many as the time allows, for each caller apart', () => {
    let nowMs = 0;
    const limit = createRateLimit({ burst: 3, perSecond: 10 }, () => nowMs);
    const authenticate = createAuthenticate('token');
    const caller = authenticate(window, 'local');
    const other = authenticate({ kind: 'owner', client: 'command-line' }, 'local');
    for (let count = 0; count < 3; count += 1) limit(caller);
    expect(() => limit(caller)).toThrow(expect.objectContaining({ code: 'input.rate-limited' }));
    expect(() => limit(other)).not.toThrow();
    nowMs += 100;
    expect(() => limit(caller)).not.toThrow();
    expect(() => limit(caller)).toThrow();
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
      expect(Object.keys(handlers[name]), name).toEqual([kind]);
    }
  });
});
