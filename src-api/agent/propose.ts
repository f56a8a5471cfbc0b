import type { DurableToolResult } from '../../src-shared/contract/define-command.ts';
import {
  commandDefinition,
  type CommandInput,
  type CommandsOfMode,
} from '../../src-shared/contract/registry.ts';
import type { Result } from '../../src-shared/domain/errors.ts';
import type { Proposal } from '../../src-shared/domain/proposal.ts';
import { isApprovalWorkflow } from '../../src-shared/domain/workflows.ts';
import type { TurnContext } from './agent-types.ts';
import { originOf } from './reasons.ts';
import { fail } from './think-step.ts';

type DurableCommand = CommandsOfMode<'commit'> | CommandsOfMode<'loop'>;

/**
 * Puts a commitment before the person: through the boundary, as the assistant. Without a standing grant the boundary
 * keeps it as an approval, and the card shows exactly what would happen; with one it is on its way already. What a model
 * has written (`mustAsk`) is always shown first: it may say what a recording told it to say.
 */
export async function propose<Name extends DurableCommand>(
  command: Name,
  input: CommandInput<Name>,
  context: TurnContext,
  { mustAsk = false } = {},
): Promise<void> {
  const result = (await context.options.execute(command, input, { mustAsk })) as Result<DurableToolResult>;
  if (!result.ok) {
    fail(command, result.error, context);
    return;
  }
  const { entityId, workflowId, message } = result.value;
  const mode = commandDefinition(command).mode === 'loop' ? 'loop' : 'commit';
  const proposal = isApprovalWorkflow(workflowId)
    ? await readWaiting(entityId, command, mode, context)
    : letThrough(result.value, command, mode);
  // What was let through says what the boundary says: scheduled, never done.
  context.say(isApprovalWorkflow(workflowId) ? `This waits for your word: ${proposal.title}.` : message);
  context.show({ type: 'proposal', ...originOf(command, mode), proposal });
}

async function readWaiting(
  approvalId: string,
  command: string,
  mode: 'commit' | 'loop',
  { options }: TurnContext,
): Promise<Proposal> {
  const base = { approvalId, ...originOf(command, mode), entityId: null, workflowId: null };
  const read = await options.execute('read-approval', { approvalId });
  if (!read.ok)
    return {
      ...base,
      title: commandTitle(command),
      lines: [],
      warnings: [read.error.userMessage],
      costs: [],
    };
  const { title, lines, warnings, costs } = read.value.approval.preview;
  return {
    ...base,
    title,
    lines,
    warnings,
    costs: costs.map(({ unit, amount, account }) => ({ unit, amount, account: account ?? null })),
  };
}

function letThrough(
  { entityId, workflowId, message }: DurableToolResult,
  command: string,
  mode: 'commit' | 'loop',
): Proposal {
  return {
    approvalId: null,
    ...originOf(command, mode),
    title: message,
    lines: [],
    warnings: [],
    costs: [],
    entityId,
    workflowId,
  };
}

function commandTitle(command: string): string {
  return command.replaceAll('-', ' ');
}
