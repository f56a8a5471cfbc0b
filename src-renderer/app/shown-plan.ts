import { useSyncExternalStore } from 'react';
import type { Plan } from '../../src-shared/domain/plan.ts';

let shown: Plan | null = null;
const listeners = new Set<() => void>();

/** Lays a plan out on the calendar, until another one is or it is hidden; the conversation keeps it anyway. */
export function showPlan(plan: Plan | null): void {
  shown = plan;
  for (const listener of listeners) listener();
}

export function useShownPlan(): Plan | null {
  return useSyncExternalStore(subscribe, () => shown);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
