import { rm } from 'node:fs/promises';
import { describeAssetFiles } from '../../src-node/asset-files.ts';
import type { AssetStatus } from '../../src-shared/domain/asset.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import { cancelWorkflow } from '../boundary/start-messages.ts';
import type { ChangeHandler } from './handler-types.ts';
import { wrongState } from './wrong-state.ts';

const reviewable: readonly AssetStatus[] = ['review', 'approved', 'rejected'];
const statusOfDecision = { approve: 'approved', reject: 'rejected', 'return-to-review': 'review' } as const;

export const updateAsset: ChangeHandler<'update-asset'> = {
  prepare:
    ({ assetId, ...changes }, { assets, queries }) =>
    () => {
      assets.edit(assetId, changes);
      return { output: queries.readDetail(assetId), entityId: assetId };
    },
};

export const reviewAsset: ChangeHandler<'review-asset'> = {
  prepare:
    ({ assetId, decision }, { assets, queries }) =>
    () => {
      const { status } = assets.get(assetId);
      if (!reviewable.includes(status)) {
        throw wrongState(
          'Only a recording that has been ingested can be reviewed. Nothing was changed. Wait until it is in the review queue.',
          { assetId, status },
        );
      }
      assets.setStatus(assetId, statusOfDecision[decision]);
      return { output: queries.readDetail(assetId), entityId: assetId };
    },
};

/** Takes the rows away at once and the files after it; the original is never among them. */
export const removeAsset: ChangeHandler<'remove-asset'> = {
  prepare:
    ({ assetId }, { assets, dataFolder }) =>
    () => {
      const removedIds = assets.remove(assetId);
      return {
        output: { removed: true },
        entityId: assetId,
        // Where nothing runs, there is nothing to cancel: the work engine then says so and that is all.
        messages: removedIds.flatMap((id) => [
          cancelWorkflow(workflowIds.ingestAsset(id)),
          cancelWorkflow(workflowIds.describeAsset(id)),
        ]),
        async afterCommit() {
          for (const id of removedIds) {
            const { folder, scratchFolder } = describeAssetFiles(dataFolder, id);
            await rm(folder, { recursive: true, force: true });
            await rm(scratchFolder, { recursive: true, force: true });
          }
        },
      };
    },
};
