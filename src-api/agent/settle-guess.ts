import { AppError } from '../../src-shared/domain/errors.ts';
import type { TurnContext } from './agent-types.ts';
import type { Question } from './ask-person.ts';
import { chooseByModel } from './choose-by-model.ts';
import { runThinking } from './think-step.ts';
import { runTools } from './run-tools.ts';
import { readClauses } from './understand/clauses.ts';
import { findNames } from './understand/names.ts';
import { separateMaterial } from './understand/separate-material.ts';
import type { ThinkCommand } from './understand/think-rules.ts';

/**
 * Where no rule is sure: a model with tools may use those of the short list, another model may choose from it, and
 * where neither is there or neither is sure, the person is asked.
 */
export async function settleGuess(
  wish: string,
  guesses: readonly ThinkCommand[],
  context: TurnContext,
): Promise<'done' | 'talk' | Question> {
  const { options, turn, timeCap } = context;
  let choice;
  try {
    const signal = AbortSignal.any([turn.signal, timeCap]);
    const model = await options.localModels.openModel('chat', { signal });
    if (model.supportsTools) return await runTools(wish, guesses, model, context);
    choice = await chooseByModel(wish, guesses, model);
  } catch (thrown) {
    turn.signal.throwIfAborted();
    // Without a model that answers, or that answers in time, the person is asked; they lose nothing by it.
    if (!timeCap.aborted && (!(thrown instanceof AppError) || !thrown.code.startsWith('dependency.')))
      throw thrown;
  }
  if (choice === 'talk') return 'talk';
  if (choice === undefined) return askWhich(guesses, context);
  const [clause] = readClauses(separateMaterial(wish), context.language);
  if (clause === undefined) return 'talk';
  await runThinking(
    { mode: 'think', command: choice, subject: undefined, clause, named: findNames(clause, context.names) },
    context,
  );
  return 'done';
}

function askWhich(guesses: readonly ThinkCommand[], { phrases }: TurnContext): Question {
  return {
    command: guesses[0] ?? 'look-up',
    question: phrases.notSure,
    choices: guesses.map((guess) => phrases.offers[guess]),
    pending: null,
  };
}
