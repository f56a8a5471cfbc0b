import type { StoredPost, TargetRow } from '../../../src-data/posts/post-store.ts';
import { describeDelay, describeDue } from '../../../src-shared/domain/due-time.ts';
import type { EntityLink } from '../../../src-shared/domain/entity-link.ts';
import type { Explanation, TimelineLine } from '../../../src-shared/domain/explanation.ts';
import {
  headingOf,
  type Receipt,
  type ReceiptKind,
  type TargetState,
} from '../../../src-shared/domain/post.ts';
import type { CommandServices } from '../../commands/services.ts';
import { approvalLines, auditLines, inOrder, lineOf, wayOutOf, workLines } from './timeline.ts';

interface Cause {
  cause: string;
  wayOut: string | null;
  /** The receipts that would be the reason. */
  kinds: readonly ReceiptKind[];
}

/** Why a post stands as it does, from its receipts, the audit and what the work engine knows. */
export async function explainPost(postId: string, services: CommandServices): Promise<Explanation> {
  const post = services.posts.get(postId);
  const { row } = post;
  const link: EntityLink = {
    kind: 'post',
    id: postId,
    url: post.targets.find(({ url }) => url !== null)?.url ?? null,
  };
  const receipts = services.posts.listReceipts(postId);
  const work =
    row.state === 'draft' ? { lines: [], problem: null } : await workLines(row.workflowId, link, services);
  const requests = approvalLines(postId, services);
  const { cause, wayOut, kinds } = findCause(post, receipts, { work: work.problem, requests }, services);
  const lines: TimelineLine[] = [
    lineOf({ at: row.createdAt, title: 'Written', source: 'post', link }),
    ...receipts.map((receipt) => toLine(receipt, post, link, services)),
    ...auditLines(postId, services),
    ...requests,
    ...work.lines,
  ];
  return {
    subject: { title: headingOf(row.content), state: row.state, link },
    cause,
    wayOut,
    timeline: inOrder(
      lines,
      ({ source, title }) =>
        (source === 'receipt' && kinds.some((kind) => title.startsWith(receiptTitles[kind]))) ||
        (kinds.length === 0 && source !== 'audit' && source !== 'receipt' && source !== 'post'),
    ),
  };
}

const receiptTitles: Record<ReceiptKind, string> = {
  accepted: 'Accepted',
  scheduled: 'Scheduled',
  edited: 'Edited',
  rescheduled: 'Given another time',
  preparing: 'Being prepared',
  prepared: 'Prepared',
  late: 'Late',
  'needs-decision': 'Too late for its limit',
  decided: 'Decided',
  publishing: 'Being sent',
  looked: 'Looked for on the platform',
  interrupted: 'Interrupted',
  retrying: 'To be tried again',
  'rate-limited': 'The platform asked to wait',
  'waits-for-asset': 'Waits for its recording',
  'waits-for-account': 'Waits for its account',
  'waits-for-folder': 'Waits for the folder of its account',
  published: 'Published',
  unconfirmed: 'Not known whether it arrived',
  resolved: 'Resolved',
  failed: 'Failed',
  missed: 'Missed',
  cancelled: 'Cancelled',
  'to-mark': 'To be posted by hand',
  marked: 'Marked as posted',
  measured: 'Numbers fetched',
  deleting: 'To be deleted from its platform',
  deleted: 'Deleted from its platform',
  'not-deleted': 'Could not be deleted',
};

function toLine(
  { at, kind, detail, targetId, url, attempt }: Receipt,
  { targets }: StoredPost,
  link: EntityLink,
  services: CommandServices,
): TimelineLine {
  const target = targets.find((each) => each.targetId === targetId);
  const where = target === undefined ? '' : ` (${accountName(target, services)})`;
  const title = `${receiptTitles[kind]}${where}${attempt > 1 ? `, try ${attempt}` : ''}`;
  return lineOf({ at, title, detail, source: 'receipt', link: url === null ? link : { ...link, url } });
}

function accountName({ accountId }: Pick<TargetRow, 'accountId'>, { accounts }: CommandServices): string {
  return accounts.findEver(accountId)?.name ?? 'an account that is gone';
}

function findCause(
  post: StoredPost,
  receipts: readonly Receipt[],
  { work, requests }: { work: string | null; requests: readonly TimelineLine[] },
  services: CommandServices,
): Cause {
  const { row, targets } = post;
  const last = (kind: ReceiptKind): Receipt | undefined =>
    receipts.findLast((receipt) => receipt.kind === kind);
  switch (row.state) {
    case 'draft': {
      const asked = requests.at(-1);
      if (asked !== undefined)
        return {
          cause: `It is still a draft. ${asked.detail ?? ''}: ${asked.title}.`,
          wayOut: 'See Approvals.',
          kinds: [],
        };
      return { cause: 'It is a draft: it was never scheduled.', wayOut: 'Schedule it.', kinds: [] };
    }
    case 'waiting':
    case 'preparing':
    case 'publishing':
      return whyNotYet(post, last, work, services);
    case 'published': {
      const refused = targets.find(({ error }) => error !== null)?.error;
      if (refused == null) return whyPublished(post, last);
      return {
        cause: refused.userMessage,
        wayOut: wayOutOf(refused.code) ?? 'Open the post and try again, or delete it on the platform.',
        kinds: ['not-deleted'],
      };
    }
    case 'deleting':
    case 'deleted':
      return {
        cause:
          last(row.state)?.detail ??
          (row.state === 'deleted' ? 'It was published, and deleted again.' : 'It is being deleted.'),
        wayOut: null,
        kinds: [row.state],
      };
    case 'partial':
      return {
        cause: targets
          .map((target) => `${accountName(target, services)}: ${ofTarget(target, receipts)}`)
          .join(' '),
        wayOut: 'Try again for the accounts that did not get it; the others are left alone.',
        kinds: ['failed', 'unconfirmed', 'missed'],
      };
    case 'cancelled':
      return {
        cause: whoCancelled(row.postId, services),
        wayOut: 'Schedule a copy of it if it should go out after all.',
        kinds: ['cancelled'],
      };
    case 'failed':
    case 'missed':
    case 'needs-decision':
    case 'to-mark':
    case 'unconfirmed': {
      const target = targets.find(({ state }) => state === row.state) ?? targets[0];
      const code = target?.error?.code;
      return {
        cause: target === undefined ? 'It has no account.' : ofTarget(target, receipts),
        wayOut: wayOutOf(code) ?? waysOut[row.state] ?? null,
        kinds: kindOfState(row.state),
      };
    }
  }
}

const waysOut: Record<string, string> = {
  unconfirmed: 'Open the post and let Longhand look again, or say whether it is there.',
  missed: 'Give it another time, or publish it now.',
  'needs-decision': 'Open the post and decide: publish it late, or skip it.',
  'to-mark': 'Post it by hand, then mark it as posted.',
  failed: 'Open the post and try again.',
};

function kindOfState(state: TargetState | 'partial'): ReceiptKind[] {
  return state === 'unconfirmed' ||
    state === 'missed' ||
    state === 'needs-decision' ||
    state === 'to-mark' ||
    state === 'failed'
    ? [state]
    : [];
}

/** What stands between a post and its publication. */
function whyNotYet(
  post: StoredPost,
  last: (kind: ReceiptKind) => Receipt | undefined,
  work: string | null,
  services: CommandServices,
): Cause {
  const { row, targets } = post;
  const now = services.now();
  if (row.state === 'publishing')
    return { cause: 'It is being sent right now.', wayOut: null, kinds: ['publishing'] };
  const due = row.dueAt === null || row.zone === null ? undefined : { dueAt: row.dueAt, zone: row.zone };
  const blocked = targets.find(({ isBlocked }) => isBlocked);
  if (blocked !== undefined) {
    const receipt = last('waits-for-account') ?? last('waits-for-asset');
    const account = services.accounts.find(blocked.accountId);
    const isAccount = receipt?.kind !== 'waits-for-asset';
    const cause =
      receipt?.detail ?? `It waits for ${account?.name ?? 'its account'}, which cannot be used right now.`;
    return {
      cause,
      wayOut: isAccount
        ? 'Connect the account again under Settings, Accounts: the post then goes on by itself.'
        : 'It goes on as soon as the recording is ready.',
      kinds: ['waits-for-account', 'waits-for-asset'],
    };
  }
  const isDue = due !== undefined && Date.parse(due.dueAt) <= now.getTime();
  if (work !== null)
    return {
      cause: `${work}${isDue ? ' It was due already.' : ''}`,
      wayOut: 'It goes on by itself as soon as that is ready; see Settings, Diagnostics.',
      kinds: [],
    };
  if (due !== undefined && !isDue)
    return {
      cause: `It is not due yet: it is planned for ${describeDue(due, now)}.`,
      wayOut: null,
      kinds: ['scheduled', 'rescheduled', 'accepted'],
    };
  const retried = last('rate-limited') ?? last('waits-for-folder') ?? last('retrying');
  const next = targets
    .map(({ nextTryAt, turnAt }) => nextTryAt ?? turnAt)
    .find((at) => at !== null && Date.parse(at) > now.getTime());
  const wait =
    next === undefined || next === null
      ? ''
      : ` It goes on in ${describeDelay(Date.parse(next) - now.getTime())}.`;
  if (retried !== undefined)
    return {
      cause: `${retried.detail}${wait}`,
      wayOut: 'It is tried again by itself.',
      kinds: [retried.kind],
    };
  return { cause: `It is due and in its turn.${wait}`, wayOut: null, kinds: ['accepted', 'scheduled'] };
}

function whyPublished({ row, targets }: StoredPost, last: (kind: ReceiptKind) => Receipt | undefined): Cause {
  const late = last('late');
  const at = targets.map(({ publishedAt }) => publishedAt).find((each) => each !== null);
  const delay = at == null || row.dueAt === null ? 0 : Date.parse(at) - Date.parse(row.dueAt);
  if (late !== undefined)
    return { cause: `It was published late. ${late.detail}`, wayOut: null, kinds: ['late'] };
  const when = delay > 60_000 ? `, ${describeDelay(delay)} after it was due` : '';
  return { cause: `It was published${when}.`, wayOut: null, kinds: ['published', 'marked', 'resolved'] };
}

function ofTarget({ state, error, targetId }: TargetRow, receipts: readonly Receipt[]): string {
  if (error !== null) return error.userMessage;
  const receipt =
    receipts.findLast((each) => each.targetId === targetId && kindOfState(state).includes(each.kind)) ??
    receipts.findLast(({ kind }) => kindOfState(state).includes(kind));
  return receipt?.detail ?? stateSentences[state] ?? `It is ${state}.`;
}

const stateSentences: Partial<Record<TargetState, string>> = {
  published: 'It was published.',
  failed: 'It failed.',
  unconfirmed: 'It was sent, and nobody can say whether it arrived.',
  missed: 'It came due while it could not be sent, and was then too late for its own limit.',
  'needs-decision': 'It came due too late for its limit and waits for your decision.',
  'to-mark': 'It is posted by hand, and was not marked as posted yet.',
  cancelled: 'It was cancelled.',
};

function whoCancelled(postId: string, services: CommandServices): string {
  const line = auditLines(postId, services).find(
    ({ title, detail }) => title.includes('cancel') && detail?.startsWith('Done') === true,
  );
  return line === undefined
    ? 'It was cancelled before it was sent.'
    : `It was cancelled before it was sent, by ${
        line.title
          .split(':')[0]
          ?.replace(/^You\b/u, 'you')
          .replace(/^The\b/u, 'the') ?? 'somebody'
      }.`;
}
