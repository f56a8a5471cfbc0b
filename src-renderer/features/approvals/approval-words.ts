import type { ApprovalState } from '../../../src-shared/domain/approval.ts';
import { commandDefinition, isCommandName } from '../../../src-shared/contract/registry.ts';
import type { Tone } from '../../ui/badge.tsx';

export const approvalStateTones: Record<ApprovalState, Tone> = {
  pending: 'accent',
  approved: 'good',
  rejected: 'neutral',
  expired: 'neutral',
  voided: 'neutral',
  failed: 'bad',
};

/** What a command is called; its own name where this version does not know it. */
export function commandTitle(command: string): string {
  return isCommandName(command) ? commandDefinition(command).title : command;
}

const knownPrincipals: Record<string, string> = {
  window: 'You, in the window',
  'command-line': 'You, on the command line',
  loop: 'A loop',
  system: 'Longhand itself',
  assistant: 'The assistant',
  mcp: 'A program over MCP',
  agents: 'Every agent',
};

/** Who a principal is; tokens by the name that the creator gave them. */
export function principalTitle(
  principal: string,
  tokens: readonly { tokenId: string; name: string }[] = [],
): string {
  const tokenId = principal.startsWith('token:') ? principal.slice('token:'.length) : null;
  if (tokenId === null) return knownPrincipals[principal] ?? principal;
  return tokens.find((token) => token.tokenId === tokenId)?.name ?? `Token ${tokenId.slice(0, 8)}`;
}
