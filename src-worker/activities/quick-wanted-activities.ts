import { createWantedWork } from '../../src-data/wanted-work.ts';
import type { QuickWantedActivities } from '../workflows/activity-contracts.ts';
import type { WorkerDependencies } from './dependencies.ts';
import { runActivity } from './run-activity.ts';

/** What a run that was asked for again asks before it closes. */
export function createQuickWantedActivities({
  logger,
  database,
}: Pick<WorkerDependencies, 'logger' | 'database'>): QuickWantedActivities {
  const wanted = createWantedWork(database);
  return {
    isWanted: ({ work, id }) => runActivity(logger, { heartbeatEveryMs: null }, () => wanted[work](id)),
  };
}
