import type { Scope } from '../../src-shared/contract/define-command.ts';

/** Who asks. `loop` is the worker acting for a loop; `system` is the api process itself. */
export type PrincipalName = 'window' | 'command-line' | 'loop' | 'system';

export interface Principal {
  readonly name: PrincipalName;
  readonly scopes: ReadonlySet<Scope>;
}

/** Which way a request came in. Doors for tokens (loopback HTTP) will be added beside the local one. */
export type Door = 'local' | 'internal';

/** What a caller shows of itself; a door makes it of what it received. */
export type Credentials =
  | { kind: 'owner'; client: 'window' | 'command-line' }
  | { kind: 'internal-token'; token: string }
  | { kind: 'system' };
