import type { Approval, ApprovalState } from '../../../src-shared/domain/approval.ts';
import { commandDefinition, isCommandName } from '../../../src-shared/contract/registry.ts';
import type { Tone } from '../../ui/badge.tsx';

export const approvalStateTitles: Record<ApprovalState, string> = {
  pending: 'Waiting for you',
  approved: 'Approved',
  rejected: 'Rejected',
  expired: 'Expired',
  voided: 'No longer valid',
  failed: 'Could not be done',
};

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

/** What came of it, in a sentence; null where nothing has been done. */
export function outcomeOf({ result, state }: Pick<Approval, 'result' | 'state'>): string | null {
  if (result !== null) return 'userMessage' in result ? result.userMessage : result.message;
  switch (state) {
    case 'expired':
      return 'Nobody decided in time. Nothing was done.';
    case 'voided':
      return 'It was changed after it was asked for, or may no longer be asked for. Nothing was done.';
    case 'rejected':
      return 'Nothing was done.';
    case 'pending':
    case 'approved':
    case 'failed':
      return null;
  }
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
