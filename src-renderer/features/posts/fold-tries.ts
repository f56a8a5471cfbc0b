import { isWaitingReceipt, type Receipt, type ReceiptKind } from '../../../src-shared/domain/post.ts';

/** A step that is shown, or how many are left out between two that are, and the last of those. */
export type ChainItem = { receipt: Receipt } | { foldedCount: number; last: Receipt };

const tryingKinds: ReadonlySet<ReceiptKind> = new Set([
  ...(['publishing', 'looked', 'interrupted', 'retrying', 'rate-limited'] as const),
]);

/** Of a run of tries these stay at its beginning and at its end. */
const shownAtEachEnd = 2;
/** Fewer than these are not worth a button. */
const fewestFolded = 3;

/** The chain of a post that was tried many times, without what lies between the first tries and the last ones. */
export function foldTries(receipts: readonly Receipt[]): ChainItem[] {
  const items: ChainItem[] = [];
  let run: Receipt[] = [];
  const endRun = () => {
    const folded = run.slice(shownAtEachEnd, -shownAtEachEnd);
    const last = folded.at(-1);
    if (last === undefined || folded.length < fewestFolded)
      items.push(...run.map((receipt) => ({ receipt })));
    else
      items.push(
        ...run.slice(0, shownAtEachEnd).map((receipt) => ({ receipt })),
        { foldedCount: folded.length, last },
        ...run.slice(-shownAtEachEnd).map((receipt) => ({ receipt })),
      );
    run = [];
  };
  for (const receipt of receipts) {
    if (tryingKinds.has(receipt.kind) || isWaitingReceipt(receipt.kind)) run.push(receipt);
    else {
      endRun();
      items.push({ receipt });
    }
  }
  endRun();
  return items;
}
