import { DateTime } from 'luxon';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { AnswerTurn, RunTurn, TurnOutcome } from '../chat/answer-turn.ts';
import type { AgentOptions, EarlierMessage, TurnContext } from './agent-types.ts';
import { answerInWords } from './answer-in-words.ts';
import { answerPending, findPending, isTakenBack } from './answer-question.ts';
import { askPerson } from './ask-person.ts';
import { runCommitment } from './commit-step.ts';
import { gatherNames } from './gather-names.ts';
import { phrasesIn } from './phrases/phrases.ts';
import { settleGuess } from './settle-guess.ts';
import { runThinking } from './think-step.ts';
import { separateMaterial } from './understand/separate-material.ts';
import { detectLanguage, type WishLanguage } from './words/language.ts';
import { understand, type Intent, type Understanding } from './understand/understand.ts';

const defaultStepCap = 6;
const usualTimeCap = (): AbortSignal => AbortSignal.timeout(4 * 60_000);

const nothingMissing: TurnOutcome = { note: null };

/**
 * The assistant: understands a wish, thinks at once, and puts commitments before the person. Which commands are run is
 * decided by code over the person's own words; a model writes texts and may choose among thoughts, and nothing else.
 */
export function createAgent(options: AgentOptions): RunTurn {
  const { execute, talk, stepCap = defaultStepCap, startTimeCap = usualTimeCap } = options;

  return async (turn) => {
    const { messages, assetIds, begun } = options.readConversation(turn);
    const wish = messages.at(-1)?.text ?? '';
    // An answer that goes on is one in words: cards are made whole.
    if (begun !== '' || wish.trim() === '') return talk(turn);

    const zone = options.readZone();
    const now = DateTime.fromJSDate(options.now(), { zone });
    const names = await gatherNames(execute, wish);
    const earlier = messages.slice(0, -1);
    const understanding = understand(wish, {
      now,
      names,
      usualLanguage: languageOf(earlier),
      hasAttached: assetIds.length > 0,
    });
    const { language } = understanding;
    const context: TurnContext = {
      options,
      turn,
      timeCap: startTimeCap(),
      language,
      phrases: phrasesIn[language],
      now,
      zone,
      names,
      assetIds,
      earlier,
      captions: [],
      say: sayTo(turn),
      show: (card) => turn.emit.card(card),
    };
    const stopThinking = (): void => options.stopThinking(turn.messageId);
    turn.signal.addEventListener('abort', stopThinking);
    try {
      return await run(wish, understanding, context);
    } finally {
      turn.signal.removeEventListener('abort', stopThinking);
    }
  };

  async function run(wish: string, understanding: Understanding, context: TurnContext): Promise<TurnOutcome> {
    const { intents, guesses } = understanding;
    const pending = findPending(context.earlier);
    if (pending !== undefined && intents.length === 0) {
      if (isTakenBack(wish)) {
        context.say(context.phrases.nothingDone);
        return nothingMissing;
      }
      if (await answerPending(pending, wish, context)) return nothingMissing;
    }
    if (intents.length > 0) return runAll(intents, context);
    if (guesses.length === 0) return answerInWords(wish, understanding, context);
    const settled = await settleGuess(wish, guesses, context);
    if (settled === 'talk') return answerInWords(wish, understanding, context);
    if (settled === 'done') return nothingMissing;
    askPerson(context, settled);
    return nothingMissing;
  }

  async function runAll(intents: readonly Intent[], context: TurnContext): Promise<TurnOutcome> {
    for (const [index, intent] of intents.entries()) {
      context.turn.signal.throwIfAborted();
      if (index >= stepCap) return { note: cutShort(context.phrases.cutShort.steps(stepCap)) };
      if (context.timeCap.aborted) return { note: cutShort(context.phrases.cutShort.time) };
      if (intent.mode === 'think') await runThinking(intent, context);
      else await runCommitment(intent, context);
    }
    context.turn.signal.throwIfAborted();
    return nothingMissing;
  }
}

/** The language that the person spoke last, for wishes that do not tell theirs. */
function languageOf(earlier: readonly EarlierMessage[]): WishLanguage {
  const spoken = earlier
    .filter(({ role }) => role === 'person')
    .map(({ text }) => detectLanguage(separateMaterial(text).words));
  return spoken.findLast((language) => language !== undefined) ?? 'en';
}

/** Sentences that code writes: one a paragraph. */
function sayTo({ emit }: AnswerTurn): (sentence: string) => void {
  let isFirst = true;
  return (sentence) => {
    emit.text(isFirst ? sentence : `\n\n${sentence}`);
    isFirst = false;
  };
}

function cutShort(userMessage: string): AppError {
  return new AppError({
    code: 'dependency.answer-cut-off',
    userMessage,
    retry: 'user',
  });
}
