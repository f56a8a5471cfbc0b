import { z } from 'zod';
import { askStructured } from '../../src-node/models/ask-structured.ts';
import { ContextOverflow, type AskModel, type ChatMessage } from '../../src-node/models/model-types.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { ModelTask } from '../../src-shared/domain/chat-model.ts';
import type { CommandServices } from '../commands/services.ts';
import { readCompleteItems } from './read-items.ts';

export interface ListQuestion<Item extends z.ZodType> {
  task: ModelTask;
  /** What one item is called, for the progress: `Idea 2 of 5`. */
  itemName: string;
  item: Item;
  count: number;
  messages: ChatMessage[];
  /** Room for one item. */
  tokensPerItem: number;
  budgetMs: number;
  callId: string | undefined;
}

export interface ListAnswer<Item> {
  items: Item[];
  model: string;
}

/** Progress is told at most this often. */
const tellEveryMs = 300;

/**
 * Asks a model for a list of a given length. Each item is told as soon as it is complete; when the time budget is used
 * up, the items that are complete are the answer.
 * @throws AppError `dependency.*`, `input.too-long`
 */
export async function askList<Item extends z.ZodType>(
  services: Pick<CommandServices, 'localModels' | 'announce' | 'thinkCalls' | 'thinkBudgetFactor'>,
  question: ListQuestion<Item>,
): Promise<ListAnswer<z.output<Item>>> {
  const { callId, itemName, item, count } = question;
  const budgetMs = question.budgetMs * (services.thinkBudgetFactor ?? 1);
  const call = services.thinkCalls.begin(callId);
  const budget = AbortSignal.timeout(budgetMs);
  const tell = (text: string): void => {
    if (callId !== undefined) services.announce({ type: 'think-progress', callId, text });
  };
  let written = '';
  try {
    tell('Looking for a local model');
    const signal = AbortSignal.any([call.signal, budget]);
    const model = await services.localModels.openModel(question.task, { signal });
    tell(`Asking ${model.name}`);
    let toldAt = 0;
    const ask: AskModel = async (request) => {
      written = '';
      for await (const part of model.streamChat(request)) {
        if (part.kind === 'end') return { text: written, isCutOff: part.isCutOff };
        if (part.kind !== 'text') continue;
        written += part.textDelta;
        if (performance.now() - toldAt < tellEveryMs) continue;
        toldAt = performance.now();
        const ready = readCompleteItems(written, item).length;
        tell(`${itemName} ${Math.min(ready + 1, count)} of ${count} · ${written.length} characters`);
      }
      signal.throwIfAborted();
      throw new Error('an answer without an end');
    };
    const answer = await askStructured(ask, {
      schema: z.strictObject({ items: z.array(item).length(count) }),
      messages: question.messages,
      contextTokens: model.contextTokens,
      answerTokens: Math.min(question.tokensPerItem * count + 40, Math.floor(model.contextTokens * 0.7)),
    });
    return { items: answer.items, model: model.name };
  } catch (thrown) {
    if (call.signal.aborted) throw stopped();
    if (thrown instanceof ContextOverflow) throw tooLong();
    if (!budget.aborted) throw thrown;
    const items = readCompleteItems(written, item);
    if (items.length === 0) throw tooSlow(budgetMs);
    return {
      items,
      model:
        (await services.localModels.findModel(question.task, { signal: AbortSignal.timeout(1000) })) ?? '',
    };
  } finally {
    call.end();
  }
}

function stopped(): AppError {
  return new AppError({
    code: 'input.stopped',
    userMessage: 'It was stopped. Nothing was changed.',
    retry: 'user',
  });
}

function tooLong(): AppError {
  return new AppError({
    code: 'input.too-long',
    userMessage:
      'This is more than the local model can take at once. Nothing was changed. Say it in fewer words, or choose a model with more room under Settings, Models.',
    retry: 'user',
  });
}

function tooSlow(budgetMs: number): AppError {
  return new AppError({
    code: 'dependency.model-too-slow',
    userMessage: `The local model had nothing ready within ${Math.round(budgetMs / 1000)} seconds, so it was stopped. Nothing was changed. Ask for less, wait until the computer is less busy, or choose a smaller model under Settings, Models.`,
    retry: 'user',
    details: { budgetMs },
  });
}
