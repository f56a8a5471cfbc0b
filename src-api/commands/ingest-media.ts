import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { AssetRow } from '../../src-data/assets.ts';
import type { AssetStatus } from '../../src-shared/domain/asset.ts';
import { titleOfFileName } from '../../src-shared/domain/asset-title.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import { cancelWorkflow, startDescribe, startIngest } from '../boundary/start-messages.ts';
import { examineFile, type ExaminedFile } from './examine-file.ts';
import type { DurableChange, DurableHandler } from './handler-types.ts';
import type { CommandServices } from './services.ts';
import { wrongState } from './wrong-state.ts';

const sampleTitle = 'Sample: John F. Kennedy, 1961';
const endedBadly: readonly AssetStatus[] = ['failed', 'cancelled'];
const ingested: readonly AssetStatus[] = ['review', 'approved', 'rejected'];

export const ingestMedia: DurableHandler<'ingest-media'> = {
  async record({ path, storage, isSample }, services) {
    const file = await examineFile(path, { isFolderAllowed: false });
    return () => {
      const present = services.assets.findByPath(path);
      // Work that ended badly goes on even with another file in its place: the first step finds that out.
      if (present !== undefined && (endedBadly.includes(present.status) || isSameFile(present, file))) {
        return ingestAgain(services, present);
      }
      const assetId = randomUUID();
      const originalName = basename(path);
      services.assets.create({
        assetId,
        title: isSample ? sampleTitle : titleOfFileName(originalName),
        originalName,
        path,
        storage: storage ?? services.settings.read().storage,
        isSample,
        sizeBytes: file.sizeBytes,
        fileModifiedAt: file.fileModifiedAt,
      });
      return ingestChange(assetId, `“${originalName}” is recorded and will be ingested.`, true);
    };
  },
};

export const retryIngest: DurableHandler<'retry-ingest'> = {
  record:
    ({ assetId }, services) =>
    () => {
      const asset = services.assets.get(assetId);
      if (endedBadly.includes(asset.status) || asset.status === 'ingesting')
        return ingestAgain(services, asset);
      throw wrongState('This recording is ingested already. Nothing was changed.', {
        assetId,
        status: asset.status,
      });
    },
};

export const cancelIngest: DurableHandler<'cancel-ingest'> = {
  record:
    ({ assetId }, services) =>
    () => {
      const asset = services.assets.get(assetId);
      if (asset.status === 'ingesting') {
        services.steps.cancelIngest(assetId);
        return {
          entityId: assetId,
          workflowId: asset.workflowId,
          message: `The work on “${asset.title}” is being stopped. What was transcribed is kept.`,
          messages: [cancelWorkflow(asset.workflowId)],
        };
      }
      if (services.steps.isOpen(assetId, 'describe')) {
        services.steps.set(assetId, 'describe', { state: 'cancelled' });
        const workflowId = workflowIds.describeAsset(assetId);
        return {
          entityId: assetId,
          workflowId,
          message: `“${asset.title}” is not described any further. What it said before is kept.`,
          messages: [cancelWorkflow(workflowId)],
        };
      }
      throw wrongState('There is no work on this recording that could be cancelled. Nothing was changed.', {
        assetId,
        status: asset.status,
      });
    },
};

/** About what a small model reads in a minute on a usual processor. */
const recordingMsPerModelMinute = 15 * 60_000;

export const describeAsset: DurableHandler<'describe-asset'> = {
  // Estimated; what it really took is settled by the worker.
  cost: ({ assetId }, { assets }) => [
    {
      unit: 'model-minutes',
      amount: Math.max(1, Math.ceil((assets.find(assetId)?.durationMs ?? 0) / recordingMsPerModelMinute)),
    },
  ],
  record:
    ({ assetId }, services) =>
    () => {
      const asset = services.assets.get(assetId);
      if (!ingested.includes(asset.status)) {
        throw wrongState(
          'Only a recording that has been ingested can be described. Nothing was changed. Wait until it is in the review queue.',
          { assetId, status: asset.status },
        );
      }
      if (!services.steps.isOpen(assetId, 'describe')) {
        services.steps.set(assetId, 'describe', {
          state: 'waiting',
          progress: null,
          note: null,
          error: null,
        });
      }
      return {
        entityId: assetId,
        workflowId: workflowIds.describeAsset(assetId),
        message: `“${asset.title}” will be described by the local model.`,
        messages: [startDescribe(assetId)],
      };
    },
};

/** The path is in the library with this very file: work that ended badly goes on, and nothing is done twice. */
function ingestAgain(services: CommandServices, asset: AssetRow): DurableChange {
  const { assetId, title, status } = asset;
  if (endedBadly.includes(status)) {
    services.steps.reopenIngest(assetId);
    return ingestChange(assetId, `“${title}” is tried again. What was transcribed before is kept.`, true);
  }
  const isAtWork = status === 'ingesting';
  return ingestChange(
    assetId,
    isAtWork ? `“${title}” is being ingested already.` : `“${title}” is in the library already.`,
    false,
  );
}

function ingestChange(assetId: string, message: string, isToStart: boolean): DurableChange {
  return {
    entityId: assetId,
    workflowId: workflowIds.ingestAsset(assetId),
    message,
    messages: isToStart ? [startIngest(assetId)] : [],
  };
}

function isSameFile(asset: AssetRow, file: ExaminedFile): boolean {
  return asset.sizeBytes === file.sizeBytes && asset.fileModifiedAt === file.fileModifiedAt;
}
