import type { CommandOutput } from '../../src-shared/contract/registry.ts';
import type { AppErrorDto, Result } from '../../src-shared/domain/errors.ts';
import type { MessageCard } from '../../src-shared/domain/message-card.ts';
import type { TurnContext } from './agent-types.ts';
import { askPerson } from './ask-person.ts';
import type { Phrases } from './phrases/phrase-types.ts';
import { originOf } from './reasons.ts';
import { fillThinking, type ThinkCall } from './think-inputs.ts';
import type { ThinkIntent } from './understand/understand.ts';

/** Does at once what an intent asks for, and shows it. */
export async function runThinking(intent: ThinkIntent, context: TurnContext): Promise<void> {
  const call = fillThinking(intent, context);
  if ('missing' in call) {
    askPerson(context, {
      command: call.command,
      question: context.phrases.aboutWhat[call.command],
      choices: [],
      pending: { command: call.command, missing: 'about', known: {} },
    });
    return;
  }
  await callThinking(call, context);
}

type CompleteCall = Exclude<ThinkCall, { missing: 'about' }>;

/** Runs one think command and shows its card. */
export async function callThinking(call: CompleteCall, context: TurnContext): Promise<void> {
  const { phrases } = context;
  const { execute } = context.options;
  switch (call.command) {
    case 'generate-ideas': {
      present(call.command, await execute(call.command, call.input), context, ({ ideas, endedEarly }) => ({
        card: { type: 'ideas', ideas },
        sentence: phrases.ideas(ideas.length) + whyFewer(endedEarly, phrases),
      }));
      return;
    }
    case 'draft-caption': {
      const assetId = call.input.assetId ?? null;
      present(
        call.command,
        await execute(call.command, call.input),
        context,
        ({ captions, learnedFromCount, endedEarly }) => {
          context.captions = captions;
          return {
            card: { type: 'captions', assetId, captions },
            sentence: phrases.captions(learnedFromCount) + whyFewer(endedEarly, phrases),
          };
        },
      );
      return;
    }
    case 'preview-plan': {
      present(call.command, await execute(call.command, call.input), context, ({ plan, endedEarly }) => ({
        card: { type: 'plan', plan },
        sentence: phrases.plan(plan.items.length) + whyFewer(endedEarly, phrases),
      }));
      return;
    }
    case 'search-library': {
      present(call.command, await execute(call.command, call.input), context, (found) =>
        toAssetsCard(found, phrases),
      );
      return;
    }
    case 'read-metadata': {
      present(call.command, await execute(call.command, call.input), context, (asset) =>
        toAssetCard(asset, phrases),
      );
      return;
    }
    case 'look-up': {
      present(
        call.command,
        await execute(call.command, call.input),
        context,
        ({ subject, totalCount, lines }) => ({
          card: { type: 'look-up', subject, totalCount, lines },
          sentence: totalCount === 0 ? phrases.emptyLookUp[subject] : phrases.found(totalCount),
        }),
      );
      return;
    }
    case 'summarise-analytics': {
      present(call.command, await execute(call.command, call.input), context, (analytics) => ({
        card: { type: 'analytics', analytics },
        sentence: phrases.introduce.numbers(analytics.sentences[0] ?? ''),
      }));
      return;
    }
    case 'explain-what-happened': {
      present(call.command, await execute(call.command, call.input), context, (explanation) => ({
        card: { type: 'explanation', explanation },
        sentence: phrases.introduce.cause(explanation.cause),
      }));
      return;
    }
    case 'list-activity': {
      present(call.command, await execute(call.command, call.input), context, (activity) =>
        toActivityCard(activity, phrases),
      );
      return;
    }
  }
}

function whyFewer(endedEarly: boolean, { endedEarly: sentence }: Phrases): string {
  return endedEarly ? ` ${sentence}` : '';
}

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
    failAsToldBy(command, result.error, context);
    return;
  }
  const { card, sentence } = toCard(result.value);
  context.say(sentence);
  context.show({ ...card, ...originOf(command, 'think', context) });
}

/** What a command refused with: in English, so it is introduced where the wish was not. */
export function failAsToldBy(command: string, error: AppErrorDto, context: TurnContext): undefined {
  showFailure(command, error, context.phrases.introduce.error(error.userMessage), context);
}

/** What the assistant itself cannot do, in the language of the wish. */
export function fail(command: string, userMessage: string, context: TurnContext): undefined {
  showFailure(command, { code: 'input.not-found', userMessage, retry: 'never' }, userMessage, context);
}

/** A failure is shown as one, with its way out; what was done before it stays. */
function showFailure(command: string, error: AppErrorDto, sentence: string, context: TurnContext): void {
  context.say(sentence);
  context.show({ type: 'failure', ...originOf(command, 'think', context), error });
}

function toAssetsCard(
  { totalCount, items }: CommandOutput<'search-library'>,
  phrases: Phrases,
): { card: CardWithoutOrigin; sentence: string } {
  const assets = items.map(toAssetLine);
  return { card: { type: 'assets', totalCount, assets }, sentence: phrases.recordings(totalCount) };
}

export type AssetLine = Extract<MessageCard, { type: 'assets' }>['assets'][number];

/** A recording that was found, with the words by which it was. */
export function toAssetLine({
  assetId,
  title,
  matches,
  summary,
}: CommandOutput<'search-library'>['items'][number]): AssetLine {
  return { assetId, title, detail: plainSnippet(matches[0]?.snippet) ?? summary ?? '' };
}

/** The marks around what matched are for lists that draw them. */
function plainSnippet(snippet: string | undefined): string | undefined {
  return snippet?.replaceAll('\u0002', '').replaceAll('\u0003', '');
}

function toAssetCard(
  asset: CommandOutput<'read-metadata'>,
  phrases: Phrases,
): { card: CardWithoutOrigin; sentence: string } {
  const { assetId, title, durationMs, status, summary } = asset;
  const minutes = durationMs === null ? null : Math.max(1, Math.round(durationMs / 60_000));
  const length = minutes === null ? '' : ` ${phrases.recordingLength(minutes)}`;
  return {
    card: {
      type: 'assets',
      totalCount: 1,
      assets: [{ assetId, title, detail: summary ?? `State: ${status}` }],
    },
    sentence: `“${title}”.${length}${summary === null ? '' : ` ${summary}`}`,
  };
}

function toActivityCard(
  { items }: CommandOutput<'list-activity'>,
  phrases: Phrases,
): { card: CardWithoutOrigin; sentence: string } {
  const running = items.filter(({ state }) => state === 'running' || state === 'waiting');
  const sentence =
    running.length === 0
      ? phrases.nothingRunning
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
