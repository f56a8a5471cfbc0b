import type { CommandOutput } from '../../src-shared/contract/registry.ts';
import type { AppErrorDto, Result } from '../../src-shared/domain/errors.ts';
import type { MessageCard } from '../../src-shared/domain/message-card.ts';
import type { TurnContext } from './agent-types.ts';
import { askPerson } from './ask-person.ts';
import { originOf } from './reasons.ts';
import { fillThinking, type ThinkCall } from './think-inputs.ts';
import type { ThinkIntent } from './understand/understand.ts';

/** Does at once what an intent asks for, and shows it. */
export async function runThinking(intent: ThinkIntent, context: TurnContext): Promise<void> {
  const call = fillThinking(intent, context);
  if ('missing' in call) {
    askPerson(context, {
      command: call.command,
      question: questions[call.command],
      choices: [],
      pending: { command: call.command, missing: 'about', known: {} },
    });
    return;
  }
  await callThinking(call, context);
}

const questions = {
  'generate-ideas': 'What are the ideas for? Say in a sentence what you offer and to whom.',
  'draft-caption': 'What is the caption about?',
  'preview-plan': 'What is the plan about?',
} as const;

type CompleteCall = Exclude<ThinkCall, { missing: 'about' }>;

/** Runs one think command and shows its card. */
export async function callThinking(call: CompleteCall, context: TurnContext): Promise<void> {
  const { execute } = context.options;
  switch (call.command) {
    case 'generate-ideas': {
      present(call.command, await execute(call.command, call.input), context, ({ ideas }) => ({
        card: { type: 'ideas', ideas },
        sentence: ideas.length === 1 ? 'Here is an idea.' : `Here are ${ideas.length} ideas.`,
      }));
      return;
    }
    case 'draft-caption': {
      const assetId = call.input.assetId ?? null;
      present(
        call.command,
        await execute(call.command, call.input),
        context,
        ({ captions, learnedFromCount }) => {
          context.captions = captions;
          const learned =
            learnedFromCount === 0 ? '' : ` Their tone is that of ${learnedFromCount} of your posts.`;
          return {
            card: { type: 'captions', assetId, captions },
            sentence: `Here are the captions, within what each platform takes.${learned}`,
          };
        },
      );
      return;
    }
    case 'preview-plan': {
      present(call.command, await execute(call.command, call.input), context, ({ plan }) => ({
        card: { type: 'plan', plan },
        sentence: `A plan of ${plan.items.length} ${plan.items.length === 1 ? 'post' : 'posts'}. Nothing of it is committed.`,
      }));
      return;
    }
    case 'search-library': {
      present(call.command, await execute(call.command, call.input), context, toAssetsCard);
      return;
    }
    case 'read-metadata': {
      present(call.command, await execute(call.command, call.input), context, toAssetCard);
      return;
    }
    case 'look-up': {
      present(
        call.command,
        await execute(call.command, call.input),
        context,
        ({ subject, totalCount, lines }) => ({
          card: { type: 'look-up', subject, totalCount, lines },
          sentence:
            totalCount === 0
              ? emptyLookUps[subject]
              : totalCount === 1
                ? 'There is one.'
                : `There are ${totalCount}.`,
        }),
      );
      return;
    }
    case 'summarise-analytics': {
      present(call.command, await execute(call.command, call.input), context, (analytics) => ({
        card: { type: 'analytics', analytics },
        sentence: analytics.sentences[0] ?? '',
      }));
      return;
    }
    case 'explain-what-happened': {
      present(call.command, await execute(call.command, call.input), context, (explanation) => ({
        card: { type: 'explanation', explanation },
        sentence: explanation.cause,
      }));
      return;
    }
    case 'list-activity': {
      present(call.command, await execute(call.command, call.input), context, toActivityCard);
      return;
    }
  }
}

const emptyLookUps = {
  posts: 'There are no such posts.',
  accounts: 'No account is connected yet. Connect one under Settings, Accounts.',
  schedule: 'Nothing is planned then.',
} as const;

type CardWithoutOrigin<Card extends MessageCard = MessageCard> = Card extends MessageCard
  ? Omit<Card, 'command' | 'mode' | 'reason'>
  : never;

function present<Value>(
  command: string,
  result: Result<Value>,
  context: TurnContext,
  toCard: (value: Value) => { card: CardWithoutOrigin; sentence: string },
): undefined {
  if (!result.ok) {
    fail(command, result.error, context);
    return;
  }
  const { card, sentence } = toCard(result.value);
  context.say(sentence);
  context.show({ ...card, ...originOf(command, 'think') });
}

/** A failure is shown as one, with its way out; what was done before it stays. */
export function fail(command: string, error: AppErrorDto, context: TurnContext): undefined {
  context.say(error.userMessage);
  context.show({ type: 'failure', ...originOf(command, 'think'), error });
}

function toAssetsCard({ totalCount, items }: CommandOutput<'search-library'>): {
  card: CardWithoutOrigin;
  sentence: string;
} {
  const assets = items.map(({ assetId, title, matches, summary }) => ({
    assetId,
    title,
    detail: plainSnippet(matches[0]?.snippet) ?? summary ?? '',
  }));
  const sentence =
    totalCount === 0
      ? 'No recording fits.'
      : totalCount === 1
        ? 'One recording fits.'
        : `${totalCount} recordings fit.`;
  return { card: { type: 'assets', totalCount, assets }, sentence };
}

/** The marks around what matched are for lists that draw them. */
function plainSnippet(snippet: string | undefined): string | undefined {
  return snippet?.replaceAll('\u0002', '').replaceAll('\u0003', '');
}

function toAssetCard(asset: CommandOutput<'read-metadata'>): { card: CardWithoutOrigin; sentence: string } {
  const { assetId, title, durationMs, status, summary } = asset;
  const minutes = durationMs === null ? null : Math.max(1, Math.round(durationMs / 60_000));
  const length =
    minutes === null ? '' : ` It is about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} long.`;
  return {
    card: {
      type: 'assets',
      totalCount: 1,
      assets: [{ assetId, title, detail: summary ?? `State: ${status}` }],
    },
    sentence: `“${title}”.${length}${summary === null ? '' : ` ${summary}`}`,
  };
}

function toActivityCard({ items }: CommandOutput<'list-activity'>): {
  card: CardWithoutOrigin;
  sentence: string;
} {
  const running = items.filter(({ state }) => state === 'running' || state === 'waiting');
  const sentence =
    running.length === 0
      ? 'Nothing is running right now.'
      : running.map(({ title, detail }) => `“${title}”: ${detail}.`).join(' ');
  const lines = running.map(({ title, detail, state, updatedAt, entityId, kind }) => ({
    title,
    detail,
    at: updatedAt,
    state,
    link: {
      kind: kind === 'watch-folder' ? ('watch-folder' as const) : ('asset' as const),
      id: entityId,
      url: null,
    },
  }));
  return { card: { type: 'look-up', subject: 'schedule', totalCount: running.length, lines }, sentence };
}
