import type { LibraryDatabase } from '../database.ts';
import { createAccountPace } from './account-pace.ts';
import { isTooLate } from './decide-about.ts';
import { createHolds } from './holds.ts';
import { isHeld } from './leases.ts';
import { released, type PostRow, type PostStore, type TargetRow } from './post-store.ts';
import { createReceiptChain } from './receipt-chain.ts';

export interface ClaimWish {
  targetId: string;
  /** Names this very try. */
  owner: string;
  leaseMs: number;
  spacingMs: number;
}

export interface Claim {
  row: PostRow;
  target: TargetRow;
  /** Something may be on the platform already, or our record may be behind: look before sending. */
  isToLookFirst: boolean;
  /** The account has sent something a moment ago: begin after this. */
  startAfterMs: number;
}

/** Why a try did not come about; the next plan finds out what to do instead. */
export type ClaimRefusal = 'gone' | 'busy' | 'not-now' | 'not-its-turn';

/** Whose turn it is: a try takes a target for itself, so that of two workers at once only one goes on. */
export function createClaims(database: LibraryDatabase, store: PostStore, now: () => Date) {
  const pace = createAccountPace(database);
  const holds = createHolds(database, store, now);
  const chain = createReceiptChain(store, now);

  function later(milliseconds: number): string {
    return new Date(now().getTime() + milliseconds).toISOString();
  }

  function isDue({ dueAt }: PostRow): boolean {
    return dueAt !== null && dueAt <= now().toISOString();
  }

  return {
    /** Takes a target for getting its media and text ready ahead of the due time. */
    claimToPrepare({ targetId, owner, leaseMs }: Omit<ClaimWish, 'spacingMs'>): Claim | ClaimRefusal {
      return database.transaction(() => {
        const target = store.findTarget(targetId);
        const row = target && store.find(target.postId)?.row;
        if (target === undefined || row === undefined) return 'gone';
        if (target.state !== 'waiting' && target.state !== 'preparing') return 'not-now';
        if (isHeld(target, now())) return 'busy';
        if (isDue(row)) return 'not-now';
        if (holds.putOff(target)) return 'not-its-turn';
        const patch = {
          state: 'preparing',
          prepareCount: target.prepareCount + 1,
          nextTryAt: null,
          // It is not due: one that it has was given by a clock that was ahead.
          turnAt: null,
          expectedAt: null,
          leaseOwner: owner,
          leaseUntil: later(leaseMs),
        } as const;
        store.setTarget(target, patch);
        chain.begin(target, { kind: 'preparing', detail: 'Text and media are being made ready.' });
        return { row, target: { ...target, ...patch }, isToLookFirst: false, startAfterMs: 0 };
      });
    },

    /** Takes a due target for sending. From here on nobody can change the post. */
    claimToPublish({ targetId, owner, leaseMs, spacingMs }: ClaimWish): Claim | ClaimRefusal {
      return database.transaction(() => {
        const target = store.findTarget(targetId);
        const row = target && store.find(target.postId)?.row;
        if (target === undefined || row === undefined) return 'gone';
        if (target.state !== 'waiting' && target.state !== 'publishing') return 'not-now';
        if (isHeld(target, now())) return 'busy';
        if (!isDue(row)) return 'not-now';
        // Planned before a sleep, and carried out after it: what becomes of it is decided first.
        if (isTooLate(row, target, now())) return 'not-now';
        const isTakenUp = target.state === 'publishing' && pace.findHold(target.accountId, now()) === null;
        const startAfterMs = isTakenUp ? 0 : pace.reserveStart(target.accountId, now(), spacingMs);
        if (startAfterMs === null) {
          if (holds.putOff(target)) return 'not-its-turn';
          const turnAt = pace.takeTurn(target.accountId, now(), spacingMs);
          store.setTarget(target, { state: 'waiting', turnAt, expectedAt: turnAt, ...released });
          return 'not-its-turn';
        }
        const patch = {
          state: 'publishing',
          attempt: target.attempt + 1,
          nextTryAt: null,
          leaseOwner: owner,
          leaseUntil: later(leaseMs),
        } as const;
        store.setTarget(target, patch);
        chain.begin(
          { ...target, ...patch },
          {
            kind: 'publishing',
            detail:
              target.state === 'publishing'
                ? 'Taken up again after an interruption.'
                : patch.attempt === 1
                  ? 'Sending begins.'
                  : 'Another try begins.',
          },
        );
        return {
          row,
          target: { ...target, ...patch },
          isToLookFirst: target.maybeSentAt !== null || target.isLookFirst,
          startAfterMs,
        };
      });
    },
  };
}
