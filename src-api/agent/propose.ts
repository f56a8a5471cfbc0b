import { DateTime } from 'luxon';
import type { DurableToolResult } from '../../src-shared/contract/define-command.ts';
import { commandDefinition, type CommandInput } from '../../src-shared/contract/registry.ts';
import type { Result } from '../../src-shared/domain/errors.ts';
import type { Proposal } from '../../src-shared/domain/proposal.ts';
import { isApprovalWorkflow } from '../../src-shared/domain/workflows.ts';
import type { KnownWhen } from '../../src-shared/domain/pending-wish.ts';
import type { TurnContext } from './agent-types.ts';
import { writeMoment } from './phrases/phrases.ts';
import { originOf } from './reasons.ts';
import { failAsToldBy } from './think-step.ts';
import type { CommitCommand } from './understand/commit-rules.ts';

/**
 * Puts a commitment before the person: through the boundary, as the assistant. Without a standing grant the boundary
 * keeps it as an approval, and the card shows exactly what would happen; with one it is on its way already. What a model
 * has written (`mustAsk`) is always shown first: it may say what a recording told it to say.
 */
export async function propose<Name extends CommitCommand>(
  command: Name,
  input: CommandInput<Name>,
  context: TurnContext,
  { mustAsk = false } = {},
): Promise<void> {
  const result = (await context.options.execute(command, input, { mustAsk })) as Result<DurableToolResult>;
  if (!result.ok) {
    failAsToldBy(command, result.error, context);
    return;
  }
  const { entityId, workflowId } = result.value;
  const mode = commandDefinition(command).mode === 'loop' ? 'loop' : 'commit';
  const proposal = isApprovalWorkflow(workflowId)
    ? await readWaiting(entityId, command, mode, context)
    : letThrough(result.value, command, mode, context);
  const moment = momentOf(input, context);
  context.say(
    isApprovalWorkflow(workflowId)
      ? context.phrases.waitsForApproval(context.phrases.deeds[command], moment)
      : sayLetThrough(command, result.value, moment, context),
  );
  context.show({ type: 'proposal', ...originOf(command, mode, context), proposal });
}

/** What was let through is scheduled, or accepted; it is never said to be done. */
function sayLetThrough(
  command: CommitCommand,
  { status, message }: DurableToolResult,
  moment: string | undefined,
  { language, phrases }: TurnContext,
): string {
  if (language === 'en') return message;
  return status === 'scheduled' && moment !== undefined
    ? phrases.scheduledFor(moment)
    : phrases.accepted(phrases.deeds[command]);
}

function momentOf(input: object, { language }: TurnContext): string | undefined {
  const { when } = input as { when?: KnownWhen };
  return when?.kind === 'at'
    ? writeMoment(DateTime.fromISO(when.dueAt, { zone: when.zone }), language)
    : undefined;
}

async function readWaiting(
  approvalId: string,
  command: string,
  mode: 'commit' | 'loop',
  context: TurnContext,
): Promise<Proposal> {
  const base = { approvalId, ...originOf(command, mode, context), entityId: null, workflowId: null };
  const read = await context.options.execute('read-approval', { approvalId });
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
  context: TurnContext,
): Proposal {
  return {
    approvalId: null,
    ...originOf(command, mode, context),
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
