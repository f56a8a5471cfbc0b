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
  { say, show }: Pick<TurnContext, 'say' | 'show'>,
  { command, question, choices, pending }: Question,
): void {
  say(question);
  show({
    type: 'question',
    ...originOf(command, modeOf(command)),
    question,
    choices: choices.slice(0, mostChoices),
    pending,
  });
}
