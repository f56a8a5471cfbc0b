import type { CommandDefinition } from '../../src-shared/contract/define-command.ts';
import type { CommandName } from '../../src-shared/contract/registry.ts';
import type { Cost } from '../../src-shared/domain/access.ts';
import type { CommandServices } from '../commands/services.ts';
import type { Principal } from './principal.ts';

/** How a command gets past the sixth step. */
export type Passage = { kind: 'free' } | { kind: 'grant'; grantId: string } | { kind: 'ask' };

export interface PassageQuestion {
  principal: Principal;
  command: CommandName;
  definition: CommandDefinition;
  input: unknown;
  costs: readonly Cost[];
}

/**
 * Sixth step: an agent's commit waits for the creator's word, unless a standing approval covers it. The grant spares
 * the click and nothing else. Asked once before the work, and again inside the transaction, where its budget counts.
 */
export function findPassage(
  { grants }: Pick<CommandServices, 'grants'>,
  { principal, command, definition, input, costs }: PassageQuestion,
): Passage {
  if (principal.kind !== 'agent' || !definition.agentsNeedApproval) return { kind: 'free' };
  const accountIds = accountsOf(input, costs);
  const grant = grants.findFitting({ command, principal: principal.name, accountIds });
  return grant === undefined ? { kind: 'ask' } : { kind: 'grant', grantId: grant.grantId };
}

/** The accounts a command touches: those it costs something on, and those its input names. */
function accountsOf(input: unknown, costs: readonly Cost[]): string[] {
  const named: unknown[] = costs.map(({ accountId }) => accountId);
  if (typeof input === 'object' && input !== null) {
    if ('accountId' in input) named.push(input.accountId);
    if ('accountIds' in input && Array.isArray(input.accountIds))
      named.push(...(input.accountIds as unknown[]));
  }
  return [...new Set(named.filter((id): id is string => typeof id === 'string'))];
}
