import type { Worker } from '@temporalio/worker';
import type { WorkerDependencies } from './activities/dependencies.ts';
import { createWorkers, type WorkflowSource } from './create-workers.ts';
import { releaseOrphans } from './release-orphans.ts';
import { connectToTemporal } from './temporal-connection.ts';

export interface StartWorkingOptions {
  address: string;
  namespace: string;
  workflows: WorkflowSource;
  dependencies: WorkerDependencies;
  signal: AbortSignal;
}

export interface RunningWorkers {
  /** Rejects where a worker ends without being asked. */
  ended: Promise<void>;
  /** Ends all workers within about two seconds; what is in hand is begun again by the next ones. */
  stop: () => Promise<void>;
}

/** Connects to Temporal, takes over what an earlier worker held, and begins to work. */
export async function startWorking(options: StartWorkingOptions): Promise<RunningWorkers> {
  const { address, namespace, workflows, dependencies, signal } = options;
  const { logger } = dependencies;
  const identity = `longhand-worker@${process.pid}-${Date.now()}`;
  const connection = await connectToTemporal(address, { logger, signal });
  await releaseOrphans(connection, { namespace, identity, dependencies });
  const workers = await createWorkers({ connection, namespace, identity, workflows, dependencies });
  const runs = workers.map((worker) => worker.run());
  let isStopping = false;
  async function untilEnded(): Promise<void> {
    try {
      await Promise.all(runs);
    } catch (error) {
      // What is still in hand then is the reason, and that is said by whoever stops it.
      if (!isStopping) throw error;
    }
  }
  return {
    ended: untilEnded(),
    async stop() {
      isStopping = true;
      for (const worker of workers) shutDown(worker);
      const outcomes = await Promise.allSettled(runs);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') logger.warn({ err: outcome.reason }, 'a worker ended by force');
      }
      await connection.close();
    },
  };
}

function shutDown(worker: Worker): void {
  if (worker.getState() === 'RUNNING') worker.shutdown();
}
