import { setTimeout as delay } from 'node:timers/promises';
import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  WorkflowUpdateStage,
} from '@temporalio/client';
import type { OutboxRow } from '../../src-data/outbox.ts';
import { acceptsConnections, toConnectionTarget } from '../../src-node/accepts-connections.ts';
import type { Logger } from '../../src-node/logger.ts';
import { repeatableWork, workflowSignals } from '../../src-shared/domain/workflows.ts';
import { readWorkHistory, type WorkHistory } from './work-history.ts';

/** How the work engine took a message. `later`: it cannot be taken right now, and nothing is wrong. */
export type Delivery = 'acknowledged' | 'later';

/** The work engine, as the boundary uses it. The only place that speaks to Temporal. */
export interface WorkEngine {
  readonly isReady: () => boolean;
  /** Called each time the engine has become ready. Returns the unsubscribe. */
  onReady: (listener: () => void) => () => void;
  /** @throws where the engine cannot be reached or refuses the message */
  deliver: (row: OutboxRow) => Promise<Delivery>;
  isRunning: (workflowId: string) => Promise<boolean>;
  /** The ids of all workflows of a type that run. One started a moment ago may be missing. */
  listRunning: (workflowType: string) => Promise<ReadonlySet<string>>;
  /** What the engine knows of a workflow; null where it knows none. */
  readHistory: (workflowId: string) => Promise<WorkHistory | null>;
  /** The engine is somewhere else, or came back: connect anew. */
  reconnect: (address?: string) => void;
  close: () => Promise<void>;
}

const probeEveryMs = 100;
const connectTimeoutMs = 3000;
const callTimeoutMs = 5000;
/** For a page after the other of many workflows. */
const listTimeoutMs = 60_000;
const retries = defaultGrpcRetryOptions();

/** gRPC status codes that say that nobody is there to answer (https://grpc.io/docs/guides/status-codes/). */
const unreachableCodes = new Set([1, 4, 14]);

/** Connects to Temporal whenever it is there, and goes on looking when it is not. */
export function createTemporalEngine(options: {
  address: string;
  namespace: string;
  logger: Logger;
}): WorkEngine {
  const { namespace, logger } = options;
  const listeners = new Set<() => void>();
  let address = options.address;
  let client: Client | undefined;
  let closing = new AbortController();
  let connecting = Promise.resolve();
  let isClosed = false;

  async function keepTrying(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // A gRPC call that comes too early costs a second of back-off; a TCP connection tells for nothing.
      if (await acceptsConnections(toConnectionTarget(address))) {
        const connection = await connect().catch((error: unknown) => {
          logger.debug({ err: error, address }, 'the work engine does not answer yet');
          return undefined;
        });
        if (connection !== undefined && (await hasNamespace(connection))) {
          // Closed or sent elsewhere while this connection was being made.
          if (isAborted(signal)) return connection.close();
          client = new Client({ connection, namespace });
          logger.info({ address }, 'connected to the work engine');
          for (const listener of listeners) listener();
          return;
        }
        await connection?.close();
      }
      await delay(probeEveryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /**
   * Without the client's own retries: one whose time comes after its connection was closed throws where nobody can catch
   * it, which ends the process.
   */
  function connect(): Promise<Connection> {
    return Connection.connect({ address, connectTimeout: connectTimeoutMs, interceptors: [] });
  }

  /** The namespace is made a moment after the server listens. */
  async function hasNamespace(connection: Connection): Promise<boolean> {
    try {
      await connection.withDeadline(Date.now() + connectTimeoutMs, () =>
        connection.workflowService.describeNamespace({ namespace }),
      );
      return true;
    } catch (error) {
      logger.debug({ err: error, namespace }, 'the work engine is not ready yet');
      return false;
    }
  }

  function reconnect(newAddress = address): void {
    if (isClosed) return;
    address = newAddress;
    const former = client;
    client = undefined;
    closing.abort();
    closing = new AbortController();
    const { signal } = closing;
    connecting = connecting
      .then(() => former?.connection.close())
      .catch((error: unknown) => logger.debug({ err: error }, 'the former connection did not close well'))
      .then(() => keepTrying(signal))
      .catch((error: unknown) => logger.error({ err: error }, 'gave up connecting to the work engine'));
  }

  async function call<Value>(
    work: (present: Client) => Promise<Value>,
    timeoutMs = callTimeoutMs,
  ): Promise<Value> {
    const present = client;
    if (present === undefined) throw new Error('the work engine is not connected');
    const { signal } = closing;
    try {
      return await present.connection.withDeadline(Date.now() + timeoutMs, () =>
        repeat(() => work(present), signal),
      );
    } catch (error) {
      if (unreachableCodes.has(findStatus(error)?.code ?? 0) && client === present) {
        logger.warn({ err: error }, 'lost the work engine');
        reconnect();
      }
      throw error;
    }
  }

  reconnect();

  return {
    isReady: () => client !== undefined,
    onReady(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    deliver: (row) =>
      call((present) => {
        switch (row.operation) {
          case 'start':
            return start(present, row);
          case 'signal':
            return ignoreAbsent(() =>
              present.workflow.getHandle(row.workflowId).signal(row.signalName ?? ''),
            );
          case 'cancel':
            return ignoreAbsent(() => present.workflow.getHandle(row.workflowId).cancel());
          case 'update':
            return update(present, row);
        }
      }),
    isRunning: (workflowId) =>
      call(async (present) => {
        try {
          const { status } = await present.workflow.getHandle(workflowId).describe();
          return status.name === 'RUNNING';
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return false;
          throw error;
        }
      }),
    listRunning: (workflowType) =>
      call(async (present) => {
        const ids = new Set<string>();
        const query = `WorkflowType = '${workflowType}' AND ExecutionStatus = 'Running'`;
        for await (const { workflowId } of present.workflow.list({ query, pageSize: 1_000 }))
          ids.add(workflowId);
        return ids;
      }, listTimeoutMs),
    readHistory: (workflowId) => call((present) => readWorkHistory(present, workflowId)),
    reconnect,
    async close() {
      isClosed = true;
      closing.abort();
      await connecting;
      await client?.connection.close();
      client = undefined;
    },
  };
}

/** What may go away by itself is tried again as the client would, for as long as the connection is the one in use. */
async function repeat<Value>(work: () => Promise<Value>, signal: AbortSignal): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const status = findStatus(error);
      if (status === undefined || !retries.retryableDecider(attempt, status)) throw error;
      await delay(retries.delayFunction(attempt, status), undefined, { signal }).catch(() => undefined);
      if (isAborted(signal)) throw error;
    }
  }
}

/**
 * Starts a workflow under its own id. One that runs already is as good as started (a start whose answer was lost, a
 * second wish for the same work), once it has been told where it may be at its end; one that is being cancelled is not:
 * the start waits until it has ended.
 */
async function start(client: Client, row: OutboxRow): Promise<Delivery> {
  if (row.workflowType === null || row.taskQueue === null) throw new Error('a start without type or queue');
  try {
    await client.workflow.start(row.workflowType, {
      workflowId: row.workflowId,
      taskQueue: row.taskQueue,
      args: row.arguments,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
    });
    return 'acknowledged';
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    if (await isEnding(client, row.workflowId)) return 'later';
    const isRepeatable = repeatableWork.some((type) => type === row.workflowType);
    return isRepeatable ? askAgain(client, row.workflowId) : 'acknowledged';
  }
}

/** A run that is told so before it has closed begins anew where that is wanted. */
async function askAgain(client: Client, workflowId: string): Promise<Delivery> {
  try {
    await client.workflow.getHandle(workflowId).signal(workflowSignals.askedAgain);
    return 'acknowledged';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'later';
    throw error;
  }
}

/**
 * Tells a running workflow something that it answers for: it is told once the workflow has accepted or refused it (a
 * refusal is the workflow's word, and told too). Needs a worker; until one is there the row is kept. One that has ended
 * needs no news any more.
 */
async function update(client: Client, row: OutboxRow): Promise<Delivery> {
  if (row.updateName === null || row.updateId === null) throw new Error('an update without name or id');
  const handle = client.workflow.getHandle(row.workflowId);
  const options = { args: row.arguments as [unknown], updateId: row.updateId };
  try {
    await handle.startUpdate(row.updateName, { ...options, waitForStage: WorkflowUpdateStage.ACCEPTED });
    return 'acknowledged';
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError || error instanceof WorkflowNotFoundError) {
      return 'acknowledged';
    }
    // The server is there and no worker has taken it within the time of a call.
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return 'later';
    throw error;
  }
}

async function isEnding(client: Client, workflowId: string): Promise<boolean> {
  try {
    const { raw } = await client.workflow.getHandle(workflowId).describe();
    return raw.workflowExtendedInfo?.cancelRequested === true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return true;
    throw error;
  }
}

/** A workflow that has ended needs no signal and no cancellation any more. */
async function ignoreAbsent(work: () => Promise<unknown>): Promise<Delivery> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
  return 'acknowledged';
}

/** A call, since the compiler believes that what it saw before an `await` still holds. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** The gRPC status behind an error, however deep. */
function findStatus(error: unknown) {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (isGrpcServiceError(cause)) return cause;
  }
  return undefined;
}
