import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { LocalApiClient } from '../../src-node/local-api-client.ts';
import type { ActivityItem } from '../../src-shared/domain/activity.ts';
import type { AssetDetail, AssetStatus } from '../../src-shared/domain/asset.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { ProcessStatus } from '../../src-shared/domain/process-status.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { followUntil } from '../follow.ts';
import type { Connection } from '../host-services.ts';
import {
  describeLine,
  toEndedLine,
  toRefusedLine,
  toStartedLine,
  type IngestedLine,
} from '../ingested-line.ts';
import { createProgressView, type ProgressView } from '../progress-view.ts';
import { unwrap, withConnection, type CommandContext, type CommandWork } from '../run-command.ts';

export interface IngestOptions {
  wait: boolean;
  json: boolean;
  copy: boolean;
}

interface Started {
  path: string;
  assetId: string;
  workflowId: string;
  status: 'accepted' | 'scheduled';
}

const reachedReview: readonly IngestedLine['status'][] = ['review', 'approved', 'rejected'];
const started: readonly IngestedLine['status'][] = ['accepted', 'scheduled'];
/** As many as the activity list gives at once; those beyond are waiting anyway. */
const mostItems = 500;

/** Ingests files and folders; with `wait` stays until each is in the review queue or has failed. */
export function createIngestCommand(paths: readonly string[], options: IngestOptions): CommandWork {
  return (context) =>
    withConnection(context, async (connection) => {
      const lines: IngestedLine[] = [];
      const print = (line: IngestedLine): void => {
        lines.push(line);
        context.terminal.printResult(options.json ? JSON.stringify(line) : describeLine(line));
      };
      const files = await listFiles(connection.client, paths);
      if (files.length === 0) context.terminal.tell('No media files were found there.');
      const begun = await startAll(context, connection.client, files, options, print);
      if (!options.wait) {
        for (const each of begun) print(toStartedLine(each.path, each));
        if (!connection.isAttached && begun.length > 0) tellRest(context);
        return exitCodeOf(files, lines, started);
      }
      try {
        await waitForAll(context, connection.client, begun, print);
      } catch (thrown) {
        if (!context.signal.aborted) throw thrown;
        tellInterrupted(context, connection);
        return exitCodes.interrupted;
      }
      return exitCodeOf(files, lines, reachedReview);
    });
}

function exitCodeOf(
  files: readonly string[],
  lines: readonly IngestedLine[],
  wanted: readonly IngestedLine['status'][],
): ExitCode {
  const isWell =
    files.length > 0 && lines.length === files.length && lines.every(({ status }) => wanted.includes(status));
  return isWell ? exitCodes.done : exitCodes.failed;
}

/** Folders become the media files in them. What else was named stays in the list, to get its own named error. */
async function listFiles(client: LocalApiClient, paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths.map((given) => resolve(given))) {
    const isFolder = await stat(path).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    if (isFolder) files.push(...unwrap(await client.commands.expandPaths({ paths: [path] })).files);
    else files.push(path);
  }
  return [...new Set(files)];
}

async function startAll(
  { signal }: CommandContext,
  client: LocalApiClient,
  files: readonly string[],
  options: IngestOptions,
  print: (line: IngestedLine) => void,
): Promise<Started[]> {
  const begun: Started[] = [];
  for (const path of files) {
    if (signal.aborted) break;
    const result = await client.commands.ingestMedia(
      { path, ...(options.copy ? { storage: 'copy' } : {}) },
      { idempotencyKey: randomUUID() },
    );
    if (!result.ok) {
      print(toRefusedLine(path, result.error));
      continue;
    }
    const { entityId: assetId, workflowId, status } = result.value;
    begun.push({ path, assetId, workflowId, status });
  }
  return begun;
}

async function waitForAll(
  { terminal, signal }: CommandContext,
  client: LocalApiClient,
  begun: readonly Started[],
  print: (line: IngestedLine) => void,
): Promise<void> {
  const pending = new Map(begun.map((each) => [each, { assetId: each.assetId, isDuplicate: false }]));
  const view = createProgressView(terminal);
  try {
    await followUntil(client, signal, async () => {
      assertWorking(unwrap(await client.commands.readStatus({})).processes);
      const { items } = unwrap(await client.commands.listActivity({ limit: mostItems }));
      const inHand = new Map(items.filter(isInHand).map((item) => [item.entityId, item]));
      for (const [each, state] of pending) {
        const item = inHand.get(state.assetId);
        if (item !== undefined) {
          showItem(view, each, item);
          continue;
        }
        const answer = await client.commands.readMetadata({ assetId: state.assetId });
        if (!answer.ok && answer.error.code === 'input.not-found') {
          // Removed meanwhile, by the window for instance.
          pending.delete(each);
          print(toRefusedLine(each.path, answer.error));
          continue;
        }
        const asset = unwrap(answer);
        if (asset.status === 'ingesting') continue;
        if (asset.duplicateOf !== null) {
          pending.set(each, { assetId: asset.duplicateOf, isDuplicate: true });
          continue;
        }
        view.show(each.assetId, { ...endedState(asset.status), title: basename(each.path) });
        pending.delete(each);
        print(await readEndedLine(client, each.path, asset, state.isDuplicate));
      }
      return pending.size === 0 ? true : undefined;
    });
  } finally {
    view.close();
  }
}

/** @throws AppError `dependency.process-failed` where nobody will go on with the work by itself */
function assertWorking(processes: readonly ProcessStatus[]): void {
  const failed = processes.find(
    ({ name, state, canRetry }) => name !== 'ollama' && state === 'failed' && canRetry,
  );
  if (failed === undefined) return;
  throw new AppError({
    code: 'dependency.process-failed',
    userMessage: `The work cannot go on: ${failed.name} keeps stopping.${failed.message === null ? '' : ` ${failed.message}`} What was recorded is kept. Run \`npm run doctor\`, then start again.`,
    retry: 'user',
  });
}

async function readEndedLine(
  client: LocalApiClient,
  path: string,
  asset: AssetDetail,
  isDuplicate: boolean,
): Promise<IngestedLine> {
  const { segments } = unwrap(await client.commands.readTranscript({ assetId: asset.assetId }));
  return toEndedLine(path, asset, segments, isDuplicate);
}

function isInHand({ kind, state }: ActivityItem): boolean {
  return kind === 'ingest' && (state === 'running' || state === 'waiting');
}

function showItem(view: ProgressView, { path, assetId }: Started, item: ActivityItem): void {
  const { detail, progress, remainingMs } = item;
  view.show(assetId, { title: basename(path), detail, progress, remainingMs });
}

function endedState(status: AssetStatus) {
  const isReached = reachedReview.includes(status);
  return {
    detail: isReached ? 'Ready for review' : status,
    progress: isReached ? 1 : null,
    remainingMs: null,
  };
}

function tellRest({ terminal }: CommandContext): void {
  terminal.tell('It is recorded. The work goes on while Longhand runs: open it, or `longhand serve`.');
}

function tellInterrupted({ terminal }: CommandContext, { isAttached }: Connection): void {
  terminal.tell(
    isAttached
      ? 'Not waiting any longer. The work goes on in the running Longhand.'
      : 'Stopping. What was done is kept, and the rest goes on when Longhand runs again.',
  );
}
