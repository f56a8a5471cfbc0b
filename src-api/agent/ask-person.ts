import type { PendingWish } from '../../src-shared/domain/pending-wish.ts';
import type { TurnContext } from './agent-types.ts';
import { modeOf, originOf } from './reasons.ts';

export interface Question {
  command: string;
  question: string;
  choices: { label: string; wish: string }[];
  pending: PendingWish | null;
}

const mostChoices = 12;

/** Asks for what is missing. The next message completes the wish; nothing is done meanwhile. */
export function askPerson(
  context: Pick<TurnContext, 'say' | 'show' | 'phrases'>,
  { command, question, choices, pending }: Question,
): void {
  context.say(question);
  context.show({
    type: 'question',
    ...originOf(command, modeOf(command), context),
    question,
    choices: choices.slice(0, mostChoices),
    pending,
  });
}
