import { expect, test } from 'vitest';
import type { Receipt, ReceiptKind } from '../../../src-shared/domain/post.ts';
import { foldTries } from './fold-tries.ts';

function chainOf(...kinds: ReceiptKind[]): Receipt[] {
  return kinds.map((kind, receiptId) => ({
    receiptId,
    kind,
    targetId: null,
    at: '2026-11-26T09:00:00.000Z',
    attempt: 1,
    detail: '',
    url: null,
    errorCode: null,
    repeats: null,
  }));
}

const shapeOf = (receipts: Receipt[]) =>
  foldTries(receipts).map((item) => ('receipt' in item ? item.receipt.receiptId : item.foldedCount));

test('of many tries only the first and the last stay, and what is around them', () => {
  const tries = Array.from({ length: 8 }, (_, index): ReceiptKind =>
    index % 2 === 0 ? 'publishing' : 'retrying',
  );
  const items = shapeOf(chainOf('accepted', ...tries, 'published', 'measured'));
  expect(items).toEqual([0, 1, 2, 4, 7, 8, 9, 10]);
});

test('a chain without many tries stays as it is', () => {
  const tries: ReceiptKind[] = ['publishing', 'retrying', 'publishing', 'retrying', 'publishing', 'looked'];
  expect(shapeOf(chainOf('accepted', 'scheduled', ...tries, 'published'))).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7, 8,
  ]);
});
