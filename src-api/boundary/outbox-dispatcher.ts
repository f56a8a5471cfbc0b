import { EventEmitter, once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OutboxRepository } from '../../src-data/outbox.ts';
import type { Logger } from '../../src-node/logger.ts';
import type { WorkEngine } from './temporal-client.ts';

export interface OutboxDispatcher {
  /**
   * Delivers these rows if the work engine takes them within a short time; else they go out when it can.
   * @returns whether it has acknowledged all of them
   */
  deliver: (outboxIds: readonly number[]) => Promise<boolean>;
  /** Something was written to the outbox, or the engine has become ready. */
  wake: () => void;
  close: () => Promise<void>;
}

export interface DispatcherOptions {
  outbox: OutboxRepository;
  engine: WorkEngine;
  logger: Logger;
  /** How long an answer may wait for the acknowledgement. */
  deadlineMs?: number | undefined;
}

/**
 * Workflows that are told something at once. An update waits for the worker, which may be starting again: those have
 * lanes of their own, so that they never hold up a start, which needs only the server.
 */
const lanesOf = { quick: 8, update: 4 } as const;
type LaneKind = keyof typeof lanesOf;

const pageSize = 64;
const firstRetryMs = 100;
const longestRetryMs = 10_000;

/**
 * Tells the work engine what was promised: in order for each workflow, several workflows at once. A row goes only once
 * the engine has acknowledged it, so that nothing is lost between the two; deterministic ids make a repeat harmless.
 */
export function createOutboxDispatcher(options: DispatcherOptions): OutboxDispatcher {
  const { outbox, engine, logger, deadlineMs = 250 } = options;
  /** By the id of its row: an answer and those to repeats of its call wait for the same acknowledgement. */
  const acknowledgements = new EventEmitter().setMaxListeners(0);
  const lanes = new Map<string, { kind: LaneKind; ended: Promise<void> }>();
  const pausedUntil = new Map<string, { atMs: number; failures: number }>();
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  function wake(): void {
    if (isClosed || !engine.isReady()) return;
    const free: Record<LaneKind, number> = { ...lanesOf };
    for (const { kind } of lanes.values()) free[kind] -= 1;
    const seen = new Set<string>();
    for (let after = 0, isMore = true; isMore && free.quick > 0;) {
      const page = outbox.listAfter(after, pageSize);
      isMore = page.length === pageSize;
      for (const { outboxId, workflowId, operation } of page) {
        after = outboxId;
        if (seen.has(workflowId)) continue;
        seen.add(workflowId);
        const kind = operation === 'update' ? 'update' : 'quick';
        if (free[kind] === 0 || lanes.has(workflowId) || isPaused(workflowId)) continue;
        free[kind] -= 1;
        openLane(workflowId, kind);
      }
    }
  }

  function openLane(workflowId: string, kind: LaneKind): void {
    const ended = deliverInOrder(workflowId, kind)
      .catch((error: unknown) => pause(workflowId, error))
      .finally(() => {
        lanes.delete(workflowId);
        wakeAgain();
      });
    lanes.set(workflowId, { kind, ended });
  }

  async function deliverInOrder(workflowId: string, kind: LaneKind): Promise<void> {
    for (;;) {
      const row = outbox.findNext(workflowId);
      if (row === undefined || isClosed) break;
      // It goes on in a lane of the other kind.
      if ((row.operation === 'update') !== (kind === 'update')) return;
      if ((await engine.deliver(row)) === 'later') {
        pausedUntil.set(workflowId, { atMs: performance.now() + firstRetryMs, failures: 0 });
        return;
      }
      acknowledgements.emit(`${row.outboxId}`);
      // The answer goes out first. A row that a crash leaves is told again, to no effect.
      await nextTurn();
      outbox.settle(row.outboxId);
      // Whoever asked in between.
      acknowledgements.emit(`${row.outboxId}`);
    }
    pausedUntil.delete(workflowId);
  }

  function isPaused(workflowId: string): boolean {
    return (pausedUntil.get(workflowId)?.atMs ?? 0) > performance.now();
  }

  function pause(workflowId: string, error: unknown): void {
    const failures = (pausedUntil.get(workflowId)?.failures ?? 0) + 1;
    const pauseMs = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(failures, 10));
    pausedUntil.set(workflowId, { atMs: performance.now() + pauseMs, failures });
    logger.warn({ err: error, workflowId, failures }, 'the work engine did not take a message; it is kept');
    const row = outbox.findNext(workflowId);
    // With the engine gone every row would be written to for nothing.
    if (row !== undefined && engine.isReady()) {
      outbox.noteFailure(row.outboxId, error instanceof Error ? error.message : String(error));
    }
  }

  /** After a lane has ended: the next workflows at once, those that are paused when their time has come. */
  function wakeAgain(): void {
    clearTimeout(timer);
    if (isClosed) return;
    wake();
    const times = [...pausedUntil.values()].map((entry) => entry.atMs);
    if (times.length === 0) return;
    timer = setTimeout(wakeAgain, Math.max(10, Math.min(...times) - performance.now()));
  }

  const stopListening = engine.onReady(() => {
    pausedUntil.clear();
    wake();
  });

  return {
    wake,
    async deliver(outboxIds) {
      if (outboxIds.length === 0) return true;
      if (!engine.isReady()) return false;
      wake();
      const deadline = AbortSignal.timeout(deadlineMs);
      try {
        await Promise.all(
          outboxIds.map((outboxId) => once(acknowledgements, `${outboxId}`, { signal: deadline })),
        );
        return true;
      } catch (thrown) {
        if (deadline.aborted) return false;
        throw thrown;
      }
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      stopListening();
      await Promise.all([...lanes.values()].map(({ ended }) => ended));
    },
  };
}
