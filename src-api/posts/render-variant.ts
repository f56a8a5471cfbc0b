import { hashCanonically } from '../boundary/canonical-json.ts';
import { startRendering } from '../boundary/start-messages.ts';
import type { DurableHandler } from '../commands/handler-types.ts';
import type { ParsedInput } from '../../src-shared/contract/registry.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import { refuseUnfitMedia } from './check-posts.ts';
import { renderingCosts } from './cost-rendering.ts';

type Wish = ParsedInput<'render-variant'>;

export const renderVariant: DurableHandler<'render-variant'> = {
  cost: (wish, services) => renderingCosts([toReference(wish)], wish.accountId, services),
  record: (wish, services) => () => {
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
  },
  preview: (wish, services) => ({
    title: `Make “${services.assets.get(wish.assetId).title}” ready for ${services.accounts.get(wish.accountId).name}`,
    lines: [
      { label: 'Recording', value: services.assets.get(wish.assetId).title },
      ...(wish.clip === null
        ? []
        : [{ label: 'Part', value: `from ${wish.clip.startMs / 1000} s to ${wish.clip.endMs / 1000} s` }]),
      { label: 'Account', value: services.accounts.get(wish.accountId).name },
      { label: 'Then', value: 'Nothing is sent.' },
    ],
    warnings: [],
    costs: [],
  }),
};

function toReference({ assetId, clip }: Wish) {
  return { assetId, clip, altText: '' };
}

/** The same wish has the same id, so asking twice is one piece of work. */
function renderingIdOf({ assetId, accountId, clip }: Wish): string {
  return hashCanonically({ assetId, accountId, clip }).slice(0, 32);
}
