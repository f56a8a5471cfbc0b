import { DateTime } from 'luxon';
import type { AgentOptions } from '../../src-api/agent/agent-types.ts';
import { createAgent } from '../../src-api/agent/run-agent-turn.ts';
import { commandDefinition } from '../../src-shared/contract/registry.ts';
import type { MessageCard } from '../../src-shared/domain/message-card.ts';
import { accounts, assets, createWorld, now, posts, zone, type Call } from './world.ts';
import type { ExpectedStep, Outcome, Wish } from './wish.ts';

/** What a wish came to. */
export interface Observation {
  calls: Call[];
  cards: MessageCard[];
  hasTalked: boolean;
}

export interface Verdict {
  wish: Wish;
  isRight: boolean;
  /** A commitment was put before the person that they had not asked for, or not like that. */
  isWrongCommit: boolean;
  got: string;
}

export type Models = AgentOptions['localModels'];

/** One wish, in a conversation of its own, through the assistant as it is. */
export async function observe(
  text: string,
  localModels: Models,
  assetIds: string[] = [],
): Promise<Observation> {
  const { execute, calls } = createWorld();
  const cards: MessageCard[] = [];
  let hasTalked = false;
  const runTurn = createAgent({
    execute,
    talk: () => {
      hasTalked = true;
      return Promise.resolve({ note: null });
    },
    localModels,
    stopThinking: () => undefined,
    now: () => now.toJSDate(),
    readZone: () => zone,
    readConversation: () => ({
      messages: [{ messageId: 'wish', role: 'person', text, cards: [], assetIds: [] }],
      assetIds,
      begun: '',
    }),
  });
  await runTurn({
    conversationId: 'conversation',
    messageId: 'answer',
    signal: new AbortController().signal,
    emit: { text: () => undefined, sources: () => undefined, card: (card) => cards.push(card) },
  });
  return { calls, cards, hasTalked };
}

export async function judge(wish: Wish, localModels: Models): Promise<Verdict> {
  const observation = await observe(wish.text, localModels, wish.assetIds);
  const isRight = wish.outcomes.some((outcome) => fits(outcome, observation));
  const commits = observation.calls.filter(isCommit);
  const isWrongCommit = commits.some((call) => !wish.outcomes.some((outcome) => allows(outcome, call)));
  return { wish, isRight, isWrongCommit, got: describe(observation) };
}

export function isCommit({ command }: Call): boolean {
  return commandDefinition(command).mode !== 'think';
}

function fits(outcome: Outcome, observation: Observation): boolean {
  const { calls, cards } = observation;
  const steps = cards.filter(({ type }) => type !== 'question').map(({ command }) => command);
  const question = cards.find((card) => card.type === 'question');
  const hasCommit = calls.some(isCommit);
  switch (outcome.type) {
    case 'think-only':
      return !hasCommit;
    case 'talk':
      return !hasCommit && steps.length === 0 && (question === undefined || question.pending === null);
    case 'ask': {
      const missing = question?.pending?.missing;
      return !hasCommit && (missing === outcome.about || (missing === 'about' && outcome.about === 'text'));
    }
    case 'steps':
      return (
        steps.length === outcome.steps.length &&
        outcome.steps.every(
          (step, index) => step.command === steps[index] && calls.some((call) => agrees(step, call)),
        )
      );
  }
}

function allows(outcome: Outcome, call: Call): boolean {
  return outcome.type === 'steps' && outcome.steps.some((step) => agrees(step, call));
}

function agrees({ command, arguments: wanted }: ExpectedStep, call: Call): boolean {
  if (call.command !== command) return false;
  return Object.entries(wanted ?? {}).every(([name, value]) => isSame(value, read(name, call.input)));
}

function read(name: string, input: Record<string, unknown>): unknown {
  switch (name) {
    case 'at':
      return readTime(input['when']);
    case 'accounts':
      return readAccounts(input);
    case 'text':
      return (input['content'] as { parts: { text: string }[] } | undefined)?.parts[0]?.text;
    case 'count':
      return input['count'] ?? input['alternatives'] ?? input['postCount'];
    case 'about':
      return titleOf(input['postId'] ?? input['entityId'] ?? input['assetId']);
    default:
      return input[name];
  }
}

function readTime(when: unknown): unknown {
  const { kind, dueAt } = (when ?? {}) as { kind?: string; dueAt?: string };
  return dueAt === undefined ? kind : DateTime.fromISO(dueAt).setZone(zone).toFormat("yyyy-MM-dd'T'HH:mm");
}

function readAccounts({ targets, postId }: Record<string, unknown>): string[] {
  const own = posts.find((post) => post.postId === postId)?.targets ?? [];
  const chosen = (targets as { accountId: string }[] | undefined) ?? own;
  return chosen.map(
    ({ accountId }) => accounts.find((account) => account.accountId === accountId)?.platform ?? '',
  );
}

function titleOf(id: unknown): string | undefined {
  return (
    posts.find(({ postId }) => postId === id)?.heading ?? assets.find(({ assetId }) => assetId === id)?.title
  );
}

function isSame(wanted: unknown, found: unknown): boolean {
  const plain = (value: unknown): string => JSON.stringify([Array.isArray(value) ? value.toSorted() : value]);
  return plain(wanted) === plain(found);
}

function describe({ calls, cards, hasTalked }: Observation): string {
  if (cards.length === 0) return hasTalked ? 'talk' : 'nothing';
  const inputs = calls.filter(
    (call) => isCommit(call) || cards.some(({ command }) => command === call.command),
  );
  const shown = cards.map((card) =>
    card.type === 'question' ? `asks for ${card.pending?.missing ?? 'a choice'}` : card.command,
  );
  return `${shown.join(', ')} ${JSON.stringify(inputs.at(-1)?.input ?? {})}`;
}
