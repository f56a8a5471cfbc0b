import { commandDefinition, isCommandName } from '../../../src-shared/contract/registry.ts';
import { approvalStateTitles } from '../../../src-shared/domain/approval-words.ts';
import { errorTitle } from '../../../src-shared/domain/errors.ts';
import type { Tone } from '../../ui/badge.tsx';

const doors: Record<string, string> = {
  local: 'on this computer',
  http: 'over HTTP',
  mcp: 'over MCP',
  internal: 'inside Longhand',
};

export function doorTitle(door: string): string {
  return doors[door] ?? door;
}

const outcomes: Record<string, string> = {
  done: 'Done',
  accepted: 'Accepted',
  scheduled: 'Scheduled',
  'waits-for-approval': approvalStateTitles.pending,
  expired: 'Expired',
  rejected: 'Rejected',
};

/**
 * What came of it: a word for what went on, the title of its error for what was refused. Of work that goes on behind
 * the answer, the log knows only that it was accepted.
 */
export function outcomeTitle(outcome: string, command: string): string {
  if (outcome === 'done' && isCommandName(command) && commandDefinition(command).mode !== 'think')
    return 'Accepted';
  return outcomes[outcome] ?? errorTitle(outcome);
}

export function outcomeTone(outcome: string): Tone {
  if (outcome === 'done' || outcome === 'accepted' || outcome === 'scheduled') return 'good';
  return Object.hasOwn(outcomes, outcome) ? 'neutral' : 'bad';
}
