import type { AuditRow } from '../../../src-shared/domain/audit.ts';
import type { EntityLink } from '../../../src-shared/domain/entity-link.ts';
import { errorCodes, isErrorCode, type WayOut } from '../../../src-shared/domain/error-codes.ts';
import { errorTitle } from '../../../src-shared/domain/errors.ts';
import type { TimelineLine } from '../../../src-shared/domain/explanation.ts';
import type { CommandServices } from '../../commands/services.ts';

const auditRowsRead = 200;
const attemptsShown = 5;

export function lineOf(
  line: Omit<TimelineLine, 'isCause' | 'detail' | 'link'> & Partial<TimelineLine>,
): TimelineLine {
  return { detail: null, isCause: false, link: null, ...line };
}

/** Marks the newest line that fits as the reason, and puts all in order. */
export function inOrder(
  lines: readonly TimelineLine[],
  isCause: (line: TimelineLine) => boolean,
): TimelineLine[] {
  const sorted = lines.toSorted((left, right) => Date.parse(left.at) - Date.parse(right.at));
  const cause = sorted.findLast(isCause);
  return sorted.map((line) => ({ ...line, isCause: line === cause }));
}

/** Who asked for what about a thing, and what came of it. */
export function auditLines(entityId: string, { audit, tokens }: CommandServices): TimelineLine[] {
  const rows = audit.search({ entityId, onlyRefused: false, limit: auditRowsRead });
  return rows.map((row) =>
    lineOf({
      at: row.at,
      title: `${nameOf(row, tokens)}: ${row.command.replaceAll('-', ' ')}`,
      detail: describeOutcome(row),
      source: 'audit',
      link:
        row.approvalId?.startsWith('grant:') === false
          ? { kind: 'approval', id: row.approvalId, url: null }
          : null,
    }),
  );
}

function nameOf({ principal }: AuditRow, tokens: CommandServices['tokens']): string {
  const names: Record<string, string> = {
    window: 'You',
    'command-line': 'You, on the command line',
    loop: 'A loop',
    system: 'Longhand',
    assistant: 'The assistant',
    mcp: 'A program over MCP',
  };
  const token = principal.startsWith('token:') ? tokens.find(principal.slice('token:'.length)) : undefined;
  return names[principal] ?? token?.name ?? principal;
}

function describeOutcome({ outcome, approvalId }: AuditRow): string {
  if (outcome === 'done')
    return approvalId === null
      ? 'Done'
      : approvalId.startsWith('grant:')
        ? 'Done, by a standing approval'
        : 'Done, as you approved';
  if (outcome === 'waits-for-approval') return 'Waited for your approval';
  if (outcome === 'expired') return 'Nobody decided in time';
  return `Refused: ${errorTitle(outcome)}`;
}

/** What the work engine knows, and whether it was told at all. */
export async function workLines(
  workflowId: string,
  link: EntityLink | null,
  { outbox, readWorkHistory, now, processes, logger }: CommandServices,
): Promise<{ lines: TimelineLine[]; problem: string | null }> {
  const at = now().toISOString();
  const waiting = outbox.findNext(workflowId);
  const lines: TimelineLine[] = [];
  if (waiting !== undefined) {
    lines.push(
      lineOf({
        at: waiting.createdAt,
        title: 'Recorded, and not yet taken by the work engine',
        detail: waiting.lastError,
        source: 'work-engine',
        link,
      }),
    );
  }
  const stopped = processes
    .read()
    .filter(({ name, state }) => (name === 'temporal' || name === 'worker') && state !== 'ready');
  for (const { name, state, message } of stopped) {
    lines.push(
      lineOf({
        at,
        title: `${name === 'worker' ? 'The worker' : 'The work engine'} is ${state === 'failed' ? 'stopped' : state}`,
        detail: message,
        source: 'process',
        link: { kind: 'settings', id: 'diagnostics', url: null },
      }),
    );
  }
  try {
    const history = await readWorkHistory(workflowId);
    if (history !== null) {
      lines.push(
        lineOf({ at: history.startedAt, title: 'The work began', detail: null, source: 'work-engine', link }),
      );
      if (history.closedAt !== null)
        lines.push(
          lineOf({
            at: history.closedAt,
            title: `The work ended: ${history.status}`,
            source: 'work-engine',
            link,
          }),
        );
      for (const { step, attempt, lastFailure } of history.attempts.slice(0, attemptsShown)) {
        lines.push(
          lineOf({
            at,
            title: `At work: ${step}, try ${attempt}`,
            detail: lastFailure,
            source: 'work-engine',
            link,
          }),
        );
      }
    }
  } catch (error) {
    logger.debug({ err: error, workflowId }, 'the work engine could not be asked what it knows');
    lines.push(lineOf({ at, title: 'The work engine cannot be asked right now', source: 'work-engine' }));
  }
  const problem =
    stopped[0] !== undefined
      ? `${stopped[0].name === 'worker' ? 'The worker' : 'The work engine'} is not running${stopped[0].message === null ? '' : `: ${stopped[0].message}`}`
      : waiting === undefined
        ? null
        : 'It is recorded, and the work engine has not taken it yet.';
  return { lines, problem };
}

/** Requests of agents about a thing. */
export function approvalLines(entityId: string, { approvals }: CommandServices): TimelineLine[] {
  return approvals
    .list({ limit: 500 })
    .filter(
      ({ input, result }) =>
        mentions(input, entityId) ||
        (result !== null && 'entityId' in result && result.entityId === entityId),
    )
    .map(({ approvalId, createdAt, decidedAt, state, preview, principalLabel }) =>
      lineOf({
        at: decidedAt ?? createdAt,
        title: `${principalLabel} asked: ${preview.title}`,
        detail: approvalStates[state],
        source: 'approval',
        link: { kind: 'approval', id: approvalId, url: null },
      }),
    );
}

export const approvalStates = {
  pending: 'It waits for your approval',
  approved: 'You approved it',
  rejected: 'You rejected it',
  expired: 'Nobody decided in time, so it expired',
  voided: 'It is no longer valid, since it was edited afterwards',
  failed: 'It was approved, and could not be done any more',
} as const;

function mentions(input: unknown, entityId: string): boolean {
  if (typeof input === 'string') return input === entityId;
  if (typeof input !== 'object' || input === null) return false;
  return Object.values(input).some((value) => mentions(value, entityId));
}

const waysOut: Partial<Record<WayOut, string>> = {
  retry: 'Try it again.',
  'choose-another-file': 'Choose another file.',
  'locate-file': 'Show Longhand where the file is now.',
  'free-space': 'Free some space on the disk, then try again.',
  'open-permissions': 'Give Longhand access to the file, then try again.',
  'open-models': 'See Settings, Models.',
  'open-accounts': 'See Settings, Accounts.',
  'open-diagnostics': 'See Settings, Diagnostics.',
  wait: 'It goes on by itself: wait a little.',
};

export function wayOutOf(code: string | undefined): string | null {
  if (code === undefined || !isErrorCode(code)) return null;
  return waysOut[errorCodes[code].wayOut] ?? null;
}
