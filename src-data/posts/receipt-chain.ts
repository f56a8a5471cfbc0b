import { isWaitingReceipt, type Receipt, type ReceiptRepeats } from '../../src-shared/domain/post.ts';
import type { NewReceipt, PostStore, TargetRow } from './post-store.ts';

type Link = Pick<NewReceipt, 'kind' | 'detail' | 'url' | 'errorCode'>;
type Begun = Pick<TargetRow, 'postId' | 'targetId' | 'attempt'>;

/**
 * What is written of one try after another. A target that waits for its account, its media or its folder may be tried
 * for weeks: that it waits is one link, and every further try that ends the same way is counted on the target. So the
 * link that says that a try begins is held back until the try has got further than those before it.
 */
export function createReceiptChain(
  store: Pick<PostStore, 'addReceipt' | 'findLastReceipt' | 'setTarget'>,
  now: () => Date,
) {
  function findWait(target: Begun): Pick<Receipt, 'kind' | 'errorCode'> | undefined {
    const last = store.findLastReceipt(target);
    return last !== undefined && isWaitingReceipt(last.kind) ? last : undefined;
  }

  function write({ postId, targetId, attempt }: Begun, link: Link): void {
    store.addReceipt({ postId, targetId, attempt, ...link });
  }

  /** The try has got further than the wait before it. */
  function endWait(target: TargetRow): void {
    const { state, repeats } = target;
    if ((state !== 'publishing' && state !== 'preparing') || findWait(target) === undefined) return;
    write(target, { kind: state, detail: describeRepeats(repeats) });
  }

  /** What came of a try, or of a part of it. */
  function add(target: TargetRow, link: Link): void {
    const wait = findWait(target);
    if (wait?.kind === link.kind && wait.errorCode === (link.errorCode ?? null)) {
      const count = (target.repeats?.count ?? 0) + 1;
      store.setTarget(target, { repeats: { count, lastAt: now().toISOString() } });
      return;
    }
    endWait(target);
    if (isWaitingReceipt(link.kind)) store.setTarget(target, { repeats: null });
    write(target, link);
  }

  return {
    add,
    endWait,

    /** A try has come to nothing by no fault of anybody, and nothing of it was sent. */
    interrupt: (target: TargetRow): void =>
      add(target, {
        kind: 'interrupted',
        detail: `${target.state === 'preparing' ? 'Making it ready' : 'The try'} was interrupted, by a sleep of the computer or the end of a program. Nothing was sent.`,
      }),

    /** A try begins. */
    begin(target: Begun, link: Link): void {
      if (findWait(target) === undefined) write(target, link);
    },
  };
}

function describeRepeats(repeats: ReceiptRepeats | null): string {
  if (repeats === null) return 'Another try begins.';
  const { count } = repeats;
  return `Another try begins, after ${count === 1 ? 'one' : count} that ended in the same wait.`;
}
