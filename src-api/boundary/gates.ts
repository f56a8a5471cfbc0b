import type { Principal } from './principal.ts';
import type { CommandName } from '../../src-shared/contract/registry.ts';

export interface GatedRequest {
  principal: Principal;
  command: CommandName;
  input: unknown;
  inputHash: string;
}

/** Given back when the request did not come to be recorded. */
export interface Reservation {
  release: () => void;
}

/**
 * Sixth and seventh step: approval (bound to the hash of the input) and credits. Whoever acts on this machine today is
 * its owner and spends nothing, so both let everything pass; agents and paid models will put theirs in here.
 */
export interface Gates {
  approve: (request: GatedRequest) => void | Promise<void>;
  reserveCredits: (request: GatedRequest) => Reservation | Promise<Reservation>;
}

export const openGates: Gates = {
  approve: () => undefined,
  reserveCredits: () => ({ release: () => undefined }),
};
