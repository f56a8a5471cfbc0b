import type { ReceiptKind } from '../../../src-shared/domain/post.ts';

export const receiptTitles: Record<ReceiptKind, string> = {
  accepted: 'Accepted',
  scheduled: 'Scheduled',
  edited: 'Edited',
  rescheduled: 'Moved',
  preparing: 'Getting ready',
  prepared: 'Ready to send',
  late: 'Came due late',
  'needs-decision': 'Your decision',
  decided: 'Decided',
  publishing: 'Being sent',
  looked: 'Looked for it',
  retrying: 'Trying again',
  'rate-limited': 'Asked to wait',
  'waits-for-asset': 'Waiting for its media',
  'waits-for-account': 'Waiting for its account',
  'waits-for-folder': 'Waiting for its folder',
  published: 'Published',
  unconfirmed: 'Not confirmed',
  resolved: 'Resolved',
  failed: 'Failed',
  missed: 'Missed',
  cancelled: 'Cancelled',
  'to-mark': 'Ready to post by hand',
  marked: 'Marked as posted',
  measured: 'Reactions counted',
  deleting: 'To be deleted',
  deleted: 'Deleted',
  'not-deleted': 'Not deleted',
};

/** How a step went, for its colour. */
export type ReceiptTone = 'plain' | 'good' | 'warn' | 'bad';

export function receiptTone(kind: ReceiptKind): ReceiptTone {
  switch (kind) {
    case 'published':
    case 'marked':
    case 'resolved':
      return 'good';
    case 'late':
    case 'needs-decision':
    case 'retrying':
    case 'rate-limited':
    case 'waits-for-asset':
    case 'waits-for-account':
    case 'waits-for-folder':
    case 'unconfirmed':
    case 'to-mark':
      return 'warn';
    case 'failed':
    case 'missed':
    case 'not-deleted':
      return 'bad';
    case 'accepted':
    case 'scheduled':
    case 'edited':
    case 'rescheduled':
    case 'preparing':
    case 'prepared':
    case 'decided':
    case 'publishing':
    case 'looked':
    case 'cancelled':
    case 'measured':
    case 'deleting':
    case 'deleted':
      return 'plain';
  }
}
