import type { PrincipalKind, Scope } from '../../src-shared/domain/access.ts';

/**
 * Who asks. `loop` is the worker acting for a loop; `system` is the api process itself; `assistant` the built-in agent;
 * `mcp` an agent that came through the `longhand` command without a token.
 */
export type PrincipalName =
  'window' | 'command-line' | 'loop' | 'system' | 'assistant' | 'mcp' | `token:${string}`;

export interface Principal {
  readonly name: PrincipalName;
  readonly kind: PrincipalKind;
  /** What a person calls it. */
  readonly label: string;
  readonly scopes: ReadonlySet<Scope>;
}

/**
 * Which way a request came in: `local` is the socket of the data folder's owner, `internal` the api process itself,
 * `http` and `mcp` the doors for agents on the loopback interface.
 */
export type Door = 'local' | 'internal' | 'http' | 'mcp';

/** What a caller shows of itself; a door makes it of what it received. */
export type Credentials =
  | { kind: 'owner'; client: 'window' | 'command-line' }
  /** An agent that runs as the owner's own program: it is believed, and has an agent's rights. */
  | { kind: 'agent'; client: 'assistant' | 'mcp' }
  | { kind: 'token'; token: string }
  | { kind: 'internal-token'; token: string }
  | { kind: 'system' };
