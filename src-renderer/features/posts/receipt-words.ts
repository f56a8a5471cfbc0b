import type { ReceiptKind } from '../../../src-shared/domain/post.ts';

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
    case 'interrupted':
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
