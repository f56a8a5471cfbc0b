import { DateTime } from 'luxon';
import type { DurableToolResult } from '../../src-shared/contract/define-command.ts';
import { commandDefinition, type CommandInput } from '../../src-shared/contract/registry.ts';
import type { CommandPreview } from '../../src-shared/domain/approval.ts';
import type { Result } from '../../src-shared/domain/errors.ts';
import type { Proposal } from '../../src-shared/domain/proposal.ts';
import { isApprovalWorkflow } from '../../src-shared/domain/workflows.ts';
import type { KnownWhen } from '../../src-shared/domain/pending-wish.ts';
import type { TurnContext } from './agent-types.ts';
import { writeMoment } from './phrases/phrases.ts';
import { originOf } from './reasons.ts';
import { failAsToldBy } from './think-step.ts';
import type { CommitCommand } from './understand/commit-rules.ts';

/** The newest ones; another conversation may have been let through in the same moment. */
const requestsLookedAt = 20;

/**
 * Puts a commitment before the person: through the boundary, as the assistant. Without a standing grant the boundary
 * keeps it as an approval, and the card shows exactly what would happen; with one it is on its way already, and the card
 * shows what was let through. What a model has written (`mustAsk`) is always shown first: it may say what a recording
 * told it to say.
 */
export async function propose<Name extends CommitCommand>(
  command: Name,
  input: CommandInput<Name>,
  context: TurnContext,
  { mustAsk = false } = {},
): Promise<void> {
  const result = (await context.options.execute(command, input, {
    mustAsk,
    isShown: true,
  })) as Result<DurableToolResult>;
  if (!result.ok) {
    failAsToldBy(command, result.error, context);
    return;
  }
  const { entityId, workflowId } = result.value;
  const mode = commandDefinition(command).mode === 'loop' ? 'loop' : 'commit';
  const waits = isApprovalWorkflow(workflowId);
  const proposal: Proposal = {
    ...originOf(command, mode, context),
    ...(waits
      ? await describeWaiting(entityId, command, context)
      : await describePassed(result.value, context)),
  };
  const moment = momentOf(input, context);
  context.say(
    waits
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

type Described = Omit<Proposal, 'command' | 'mode' | 'reason'>;

async function describeWaiting(
  approvalId: string,
  command: string,
  { options }: TurnContext,
): Promise<Described> {
  const base = { approvalId, entityId: null, workflowId: null };
  const read = await options.execute('read-approval', { approvalId });
  if (read.ok) return { ...base, ...toParts(read.value.approval.preview) };
  const warnings = [read.error.userMessage];
  return { ...base, title: commandTitle(command), lines: [], warnings, costs: [] };
}

/** The request that a standing grant has approved is the one with the same outcome. */
async function describePassed(
  { entityId, workflowId, message }: DurableToolResult,
  { options }: TurnContext,
): Promise<Described> {
  const read = await options.execute('list-approvals', { states: ['approved'], limit: requestsLookedAt });
  const passed = (read.ok ? read.value.approvals : []).find(
    ({ result }) => result !== null && 'workflowId' in result && result.workflowId === workflowId,
  );
  return {
    approvalId: passed?.approvalId ?? null,
    entityId,
    workflowId,
    ...(passed === undefined
      ? { title: message, lines: [], warnings: [], costs: [] }
      : toParts(passed.preview)),
  };
}

function toParts({
  title,
  lines,
  warnings,
  costs,
}: CommandPreview): Omit<Described, 'approvalId' | 'entityId' | 'workflowId'> {
  return {
    ...{ title, lines, warnings },
    costs: costs.map(({ unit, amount, account }) => ({ unit, amount, account: account ?? null })),
  };
}

function commandTitle(command: string): string {
  return command.replaceAll('-', ' ');
}
