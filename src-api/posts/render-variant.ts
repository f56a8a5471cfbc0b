import { hashCanonically } from '../boundary/canonical-json.ts';
import { cancelWorkflow, startRendering } from '../boundary/start-messages.ts';
import type { CommandPreview } from '../../src-shared/domain/approval.ts';
import type { DurableChange, DurableHandler, QueryHandler } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import { wrongState } from '../commands/wrong-state.ts';
import type { RenderingRow } from '../../src-data/renderings.ts';
import type { ParsedInput } from '../../src-shared/contract/registry.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { mediaProbeSchema } from '../../src-shared/domain/media-probe.ts';
import { planFit } from '../../src-shared/domain/platforms/plan-fit.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import { fitsMedia, refuseUnfitMedia } from './check-posts.ts';
import { renderingCosts } from './cost-rendering.ts';

type Wish = ParsedInput<'render-variant'>;

export const renderVariant: DurableHandler<'render-variant'> = {
  cost: (wish, services) => renderingCosts([toReference(wish)], wish.accountId, services),
  record: (wish, services) => () => recordRendering(wish, services),
  preview: previewRendering,
};

function recordRendering(wish: Wish, services: CommandServices): DurableChange {
  const { accounts, assets, renderings } = services;
  const { assetId, accountId, clip } = wish;
  const account = accounts.get(accountId);
  const { title } = assets.get(assetId);
  refuseUnfitMedia(toReference(wish), accountId, services);
  const renderingId = renderingIdOf(wish);
  const workflowId = workflowIds.renderVariant(renderingId);
  renderings.ask({ renderingId, workflowId, assetId, accountId, clip });
  return {
    entityId: renderingId,
    workflowId,
    message: `“${title}” is being made ready for ${account.name}. Nothing is sent.`,
    messages: [startRendering(renderingId)],
  };
}

function previewRendering({ assetId, accountId, clip }: Wish, services: CommandServices): CommandPreview {
  const { title } = services.assets.get(assetId);
  const { name } = services.accounts.get(accountId);
  return {
    title: `Make “${title}” ready for ${name}`,
    lines: [
      { label: 'Recording', value: title },
      ...(clip === null
        ? []
        : [{ label: 'Part', value: `from ${clip.startMs / 1000} s to ${clip.endMs / 1000} s` }]),
      { label: 'Account', value: name },
      { label: 'Then', value: 'Nothing is sent.' },
    ],
    warnings: [],
    costs: [],
  };
}

export const cancelRendering: DurableHandler<'cancel-rendering'> = {
  record:
    ({ renderingId }, services) =>
    () => {
      const row = getRendering(renderingId, services);
      if (!services.renderings.isOpen(renderingId)) {
        throw wrongState('Nothing is being made ready here any more. Nothing was changed.', { renderingId });
      }
      services.renderings.cancel(renderingId);
      const { workflowId } = row;
      return {
        entityId: renderingId,
        workflowId,
        message: `“${services.assets.get(row.assetId).title}” is not made ready any further. A post that needs it makes it when it is due.`,
        messages: [cancelWorkflow(workflowId)],
      };
    },
};

export const retryRendering: DurableHandler<'retry-rendering'> = {
  cost: ({ renderingId }, services) => {
    const row = getRendering(renderingId, services);
    return renderingCosts([toReference(row)], row.accountId, services);
  },
  record:
    ({ renderingId }, services) =>
    () => {
      const { state, assetId, accountId, clip } = getRendering(renderingId, services);
      if (state !== 'failed' && state !== 'cancelled') {
        throw wrongState(
          state === 'done'
            ? 'It is ready already. Nothing was changed.'
            : 'It is being made ready. Nothing was changed.',
          { renderingId, state },
        );
      }
      return recordRendering({ assetId, accountId, clip }, services);
    },
  preview: ({ renderingId }, services) => previewRendering(getRendering(renderingId, services), services),
};

export const listRenderings: QueryHandler<'list-renderings'> = {
  answer({ assetId, clip, accountIds }, services) {
    const { accounts, assets, renderings } = services;
    const probe = mediaProbeSchema.safeParse(assets.get(assetId).probe).data;
    const chosen = accounts
      .list()
      .filter(({ accountId }) => accountIds === undefined || accountIds.includes(accountId));
    return {
      accounts: chosen.flatMap(({ accountId, name, platform, limits }) => {
        const plan = probe && planFit(probe, limits, clip)?.plan.kind;
        if (plan === undefined || plan === 'as-is') return [];
        if (!fitsMedia({ assetId, clip, altText: '' }, accountId, services)) return [];
        const row = renderings.find(renderingIdOf({ assetId, accountId, clip }));
        return [{ accountId, name, platform, rendering: row === undefined ? null : toView(row) }];
      }),
    };
  },
};

function toView({ renderingId, state, progress, remainingMs, error }: RenderingRow) {
  return { renderingId, state, progress, remainingMs, error };
}

/** @throws AppError `input.not-found` */
function getRendering(renderingId: string, { renderings }: CommandServices): RenderingRow {
  const row = renderings.find(renderingId);
  if (row !== undefined) return row;
  throw new AppError({
    code: 'input.not-found',
    userMessage:
      'Nobody has asked for this to be made ready. Nothing was changed. Look at the recording again.',
    retry: 'never',
    details: { renderingId },
  });
}

function toReference({ assetId, clip }: Pick<Wish, 'assetId' | 'clip'>) {
  return { assetId, clip, altText: '' };
}

/** The same wish has the same id, so asking twice is one piece of work. */
function renderingIdOf({ assetId, accountId, clip }: Wish): string {
  return hashCanonically({ assetId, accountId, clip }).slice(0, 32);
}
