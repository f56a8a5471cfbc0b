import type { MethodOutput } from '../../app/command-data.ts';
import type { LocalModel } from '../../../src-shared/domain/chat-model.ts';
import type { ProcessStatus } from '../../../src-shared/domain/process-status.ts';

type ChatModels = MethodOutput<'listChatModels'>;

/** Whether something can be asked, and if not, what stands in the way. */
export type Readiness =
  | { state: 'ready'; model: string }
  | { state: 'unknown' }
  /** The runtime is on its way up, for instance after a crash. */
  | { state: 'runtime-starting'; message: string }
  | { state: 'no-runtime'; message: string; canRetry: boolean }
  | { state: 'no-model'; offers: readonly LocalModel[]; isOnItsWay: boolean }
  | { state: 'too-large'; model: LocalModel; others: readonly LocalModel[]; isForNow: boolean };

const mostOffered = 3;

export function readReadiness(
  models: ChatModels | undefined,
  processes: readonly ProcessStatus[],
): Readiness {
  if (models === undefined) return { state: 'unknown' };
  const runtime = processes.find(({ name }) => name === 'ollama');
  if (!models.runtime.isReady) {
    if (runtime?.state === 'starting')
      return { state: 'runtime-starting', message: runtime.message ?? 'It takes a moment.' };
    return {
      state: 'no-runtime',
      message: models.runtime.message ?? 'The local model runtime does not answer.',
      canRetry: runtime?.canRetry ?? false,
    };
  }
  const { chat } = models.chosen;
  if (chat === null) {
    // What only makes vectors of texts cannot answer.
    const offers = models.models.filter(
      ({ state, capabilities }) =>
        state !== 'installed' && (capabilities.length === 0 || capabilities.includes('chat')),
    );
    return {
      state: 'no-model',
      offers: sortOffers(offers).slice(0, mostOffered),
      isOnItsWay: offers.some(({ state }) => state === 'downloading'),
    };
  }
  const model = models.models.find(({ name }) => name === chat);
  if (model !== undefined && model.fit.verdict !== 'fits') {
    return {
      state: 'too-large',
      model,
      others: models.models.filter(
        ({ state, fit, capabilities }) =>
          state === 'installed' && fit.verdict === 'fits' && capabilities.includes('chat'),
      ),
      isForNow: model.fit.verdict === 'no-room-now',
    };
  }
  return { state: 'ready', model: chat };
}

/** What is on its way first, then what suits this machine best. */
function sortOffers(offers: readonly LocalModel[]): LocalModel[] {
  const rank = ({ state, isRecommended, fit }: LocalModel) =>
    state !== 'available' ? 0 : isRecommended ? 1 : fit.verdict === 'fits' ? 2 : 3;
  return offers
    .filter((model) => model.state !== 'available' || model.fit.verdict !== 'too-large')
    .toSorted((one, other) => rank(one) - rank(other));
}
