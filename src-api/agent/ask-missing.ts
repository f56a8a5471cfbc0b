import type { PendingWish } from '../../src-shared/domain/pending-wish.ts';
import type { TurnContext } from './agent-types.ts';
import { askPerson } from './ask-person.ts';
import { fail } from './think-step.ts';
import { writeDay, writeMoment } from './phrases/phrases.ts';
import type { UnclearTime, When } from './time/resolve-when.ts';
import type { CommitCommand } from './understand/commit-rules.ts';

/** What is asked where a commitment lacks something, with the choices that there are. */

type Known = PendingWish['known'];

/** States in which a planned post can still be moved or taken back. */
const movable = ['waiting', 'preparing', 'missed', 'needs-decision', 'partial'];
const cancellable = [...movable, 'failed', 'unconfirmed', 'to-mark'];
/** In these it is out, and can only be taken down. */
export const deletable = ['published'];

const statesOf: Partial<Record<CommitCommand, readonly string[]>> = {
  'schedule-post': ['draft'],
  'cancel-post': cancellable,
  'delete-published-post': deletable,
};

/** In which states a post can be what a command is about. */
export const statesFor = (command: CommitCommand): readonly string[] => statesOf[command] ?? movable;

export function askForAccount(known: Known, context: TurnContext, why = ''): undefined {
  const { phrases, names } = context;
  const { accounts } = names;
  if (accounts.length === 0) {
    fail('schedule-post', `${why === '' ? phrases.noAccountYet : why} ${phrases.connectOne}`, context);
    return;
  }
  const choices = accounts.map(({ name, handle }) => ({
    label: `${name} (${handle ?? ''})`,
    wish: handle ?? name,
  }));
  const all = accounts.length > 1 ? [phrases.allAccounts] : [];
  ask(
    'schedule-post',
    'account',
    `${why} ${phrases.whichAccount}`.trim(),
    [...choices, ...all],
    known,
    context,
  );
}

export function askForTime(
  command: CommitCommand,
  known: Known,
  when: When,
  context: TurnContext,
): undefined {
  const isUnclear = when.kind === 'unclear';
  const { now, phrases, language } = context;
  const moments = isUnclear
    ? when.choices
    : [now.plus({ days: 1 }).set({ hour: 9, minute: 0, second: 0, millisecond: 0 })];
  const choices = moments.map((moment) => ({
    label: writeMoment(moment, language),
    wish: moment.toISO({ suppressSeconds: true, suppressMilliseconds: true }) ?? '',
  }));
  const others = command === 'schedule-post' && !isUnclear ? [phrases.nextSlot, phrases.now] : [];
  ask(
    command,
    'time',
    isUnclear ? askWhen(when.why, context) : phrases.when,
    [...choices, ...others],
    known,
    context,
  );
}

function askWhen(why: UnclearTime, { phrases, language }: TurnContext): string {
  switch (why.kind) {
    case 'no-hour':
      return phrases.noHour(writeDay(why.on, language));
    case 'passed':
      return phrases.hasPassed(writeMoment(why.at, language));
    case 'several':
    case 'twice':
    case 'skipped':
    case 'which-day':
    case 'part-of-day':
      return phrases.unclearTime[why.kind];
  }
}

export function askForPost(
  command: CommitCommand,
  candidates: readonly { postId: string; title: string }[] | undefined,
  known: Known,
  context: TurnContext,
): undefined {
  const states = statesFor(command);
  const posts = candidates ?? context.names.posts.filter(({ state }) => states.includes(state));
  const choices = posts.map(({ title }) => ({ label: title, wish: title }));
  const question =
    choices.length === 0 && command !== 'schedule-post'
      ? context.phrases.noPostToChange
      : context.phrases.whichPost;
  ask(command, 'target', question, choices, known, context);
}

export function draftChoices({ names }: TurnContext): { label: string; wish: string }[] {
  return names.posts
    .filter(({ state }) => state === 'draft')
    .map(({ title }) => ({ label: title, wish: title }));
}

export function ask(
  command: CommitCommand,
  missing: PendingWish['missing'],
  question: string,
  choices: { label: string; wish: string }[],
  known: Known,
  context: TurnContext,
): undefined {
  askPerson(context, { command, question, choices, pending: { command, missing, known } });
}
