import { z } from 'zod';
import { askStructured } from '../../src-node/models/ask-structured.ts';
import { ContextOverflow, type AskModel, type ChatMessage } from '../../src-node/models/model-types.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { ModelTask } from '../../src-shared/domain/chat-model.ts';
import type { CommandServices } from '../commands/services.ts';
import { readHalfItem, type HalfItem } from './half-item.ts';
import { readCompleteItems } from './read-items.ts';

export interface ListQuestion<Item extends z.ZodType> {
  task: ModelTask;
  /** What one item is called, for the progress: `Idea 2 of 5`. */
  itemName: string;
  item: Item;
  /** Makes an item of a half one, where the time is up and no other is complete; undefined where too little has come. */
  finish: (half: HalfItem) => z.input<Item> | undefined;
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
  /** The time was up before all were written. */
  endedEarly: boolean;
}

/** Progress is told at most this often. */
const tellEveryMs = 300;
/** As many of the newest characters are shown as fit in a line. */
const shownCharacters = 60;

/**
 * Asks a model for a list of a given length. Its words are told as they come; when the time budget is used up, the items
 * that are complete are the answer, and where none is, what has come of the first.
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
  let asked = '';
  let ready: z.output<Item>[] = [];
  try {
    tell('Looking for a local model');
    const signal = AbortSignal.any([call.signal, budget]);
    const model = await services.localModels.openModel(question.task, { signal });
    asked = model.name;
    tell(`Asking ${model.name}`);
    let toldAt = 0;
    const ask: AskModel = async (request) => {
      // What fitted of a reply that is repaired counts, should the time be up before the second.
      ready = readCompleteItems(written, item);
      written = '';
      for await (const part of model.streamChat(request)) {
        if (part.kind === 'end') return { text: written, isCutOff: part.isCutOff };
        if (part.kind !== 'text') continue;
        written += part.textDelta;
        if (performance.now() - toldAt < tellEveryMs) continue;
        toldAt = performance.now();
        const readyCount = readCompleteItems(written, item).length;
        tell(`${itemName} ${Math.min(readyCount + 1, count)} of ${count}${describeNewest(written)}`);
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
    return { items: answer.items, model: model.name, endedEarly: false };
  } catch (thrown) {
    if (call.signal.aborted) throw stopped();
    if (thrown instanceof ContextOverflow) throw tooLong();
    if (!budget.aborted) throw thrown;
    const complete = readCompleteItems(written, item);
    const best = complete.length > ready.length ? complete : ready;
    const items = best.length > 0 ? best : finishHalf(written, question);
    if (items.length === 0) throw tooSlow(budgetMs);
    return { items, model: asked, endedEarly: true };
  } finally {
    call.end();
  }
}

function finishHalf<Item extends z.ZodType>(
  written: string,
  { item, finish }: ListQuestion<Item>,
): z.output<Item>[] {
  const half = readHalfItem(written);
  const finished = half === null ? undefined : finish(half);
  const parsed = item.safeParse(finished);
  return parsed.success ? [parsed.data] : [];
}

/** The end of what is being written, so that one sees it grow. */
function describeNewest(written: string): string {
  const half = readHalfItem(written);
  const text = (half?.open?.text ?? Object.values(half?.whole ?? {}).at(-1) ?? '')
    .replace(/\s+/gu, ' ')
    .trim();
  if (text === '') return '';
  return ` · ${text.length > shownCharacters ? `…${text.slice(-shownCharacters)}` : text}`;
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
