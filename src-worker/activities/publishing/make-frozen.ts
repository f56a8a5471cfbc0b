import type { ConnectorContext, FrozenPublication } from '../../../src-connectors/common/node/connector.ts';
import type { Claim } from '../../../src-data/posts/claims.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { assetIdsOf, contentOf } from '../../../src-shared/domain/post.ts';
import type { WorkerDependencies } from '../dependencies.ts';
import { toMinutes } from '../rendering-activities.ts';

/** The post waits for a recording that is not there to be sent yet. */
export class AssetNotReady extends Error {
  readonly error: AppError;

  constructor(error: AppError) {
    super(error.message, { cause: error });
    this.name = 'AssetNotReady';
    this.error = error;
  }
}

/** Makes what will be sent: its media fitted to the platform and uploaded, its text resolved. */
export async function makeFrozen(
  dependencies: WorkerDependencies,
  { row, target }: Claim,
  { account, context, signal }: { account: Account; context: ConnectorContext; signal: AbortSignal },
): Promise<FrozenPublication> {
  const content = contentOf(row, target);
  for (const assetId of assetIdsOf(content)) expectReady(dependencies, assetId);
  const { publishing, credits } = dependencies;
  const { parts, renderedMs } = await publishing.fitMedia(content.parts, account, { signal });
  credits.settleReservation(row.postId, {
    unit: 'rendering-minutes',
    accountId: account.accountId,
    amount: toMinutes(renderedMs),
  });
  const { title, contentWarning, visibility, languages } = content;
  return publishing.connectorOf(account.platform).prepare(
    {
      // A post that was sent again on purpose must not be taken for the first one.
      targetId: target.generation === 1 ? target.targetId : `${target.targetId}:${target.generation}`,
      writtenAt: row.createdAt,
      parts,
      title,
      contentWarning,
      visibility,
      languages,
    },
    context,
  );
}

/** @throws AssetNotReady, or an AppError where it will never be */
function expectReady({ assets }: WorkerDependencies, assetId: string): void {
  const asset = assets.find(assetId);
  if (asset === undefined || asset.status === 'failed' || asset.status === 'rejected') {
    throw new AppError({
      code: 'platform.asset-unusable',
      userMessage: `${asset === undefined ? 'A recording of this post is not in the library any more.' : `“${asset.title}” cannot be used as it stands.`} Nothing was sent. Choose another one and try again.`,
      retry: 'user',
      details: { assetId },
    });
  }
  if (asset.isFileMissing) {
    throw new AssetNotReady(
      new AppError({
        code: 'storage.vanished',
        userMessage: `The file of “${asset.title}” is gone. Nothing was sent; the post waits for it. Put it back, or say where it is.`,
        retry: 'auto',
        details: { assetId },
      }),
    );
  }
  if (asset.status === 'ingesting' && asset.kind === null) {
    throw new AssetNotReady(
      new AppError({
        code: 'platform.asset-not-ready',
        userMessage: `“${asset.title}” is still being read. Nothing was sent; the post waits for it.`,
        retry: 'auto',
        details: { assetId },
      }),
    );
  }
}
