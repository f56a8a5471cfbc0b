import type { CaptionAlternative, CaptionSet } from '../../src-shared/domain/caption.ts';
import type { PendingWish } from '../../src-shared/domain/pending-wish.ts';
import { usualPlatform } from '../../src-shared/domain/platforms/known-platforms.ts';
import type { TurnContext } from './agent-types.ts';
import { subjectOf } from './subject.ts';
import { callThinking } from './think-step.ts';
import { has, hasWord } from './understand/clauses.ts';
import type { CommitIntent } from './understand/understand.ts';
import { fold } from './words/fold.ts';

export type ChosenText =
  | {
      kind: 'known';
      known: Pick<
        PendingWish['known'],
        'text' | 'isModelText' | 'postId' | 'title' | 'assetIds' | 'accountIds'
      >;
    }
  | { kind: 'unclear'; candidates: { postId: string; title: string }[] }
  | { kind: 'missing' }
  | { kind: 'failed' };

/**
 * What a post is to say: what the person quoted, the draft they named, a caption that was drafted in this conversation,
 * or one that is drafted now because they asked for something about a subject. Never what a recording or a file says.
 */
export async function chooseText(intent: CommitIntent, context: TurnContext): Promise<ChosenText> {
  const { clause, named } = intent;
  const drafts = named.posts.filter(({ state }) => state === 'draft');
  const media =
    named.assets.length > 0 && has(clause, 'recording')
      ? { assetIds: named.assets.slice(0, 1).map(({ assetId }) => assetId) }
      : {};
  const quoted = clause.material.join('\n\n');
  const sameTitle = context.names.posts.find(
    ({ title, state }) => state === 'draft' && fold(title) === fold(quoted),
  );
  if (sameTitle !== undefined) return known(sameTitle);
  if (quoted !== '') return { kind: 'known', known: { text: quoted, ...media } };
  if (drafts.length > 1) return { kind: 'unclear', candidates: drafts };
  if (drafts[0] !== undefined) return known(drafts[0]);

  const caption = pickCaption(intent, context);
  if (caption !== undefined)
    return {
      kind: 'known',
      known: {
        text: caption.text,
        isModelText: true,
        ...media,
        ...accountsOf(caption.platform, intent, context),
      },
    };
  return draftNow(intent, context, media);
}

function known({ postId, title }: { postId: string; title: string }): ChosenText {
  return { kind: 'known', known: { postId, title } };
}

/** Somebody who asks for a post about something has not written it: it is drafted, and stands in the card to be read. */
async function draftNow(
  { clause, named }: CommitIntent,
  context: TurnContext,
  media: { assetIds?: string[] },
): Promise<ChosenText> {
  const isAbout = hasWord(clause, 'about', 'uber', 'ueber', 'sobre', 'sur', 'something', 'etwas', 'algo');
  const subject = isAbout ? subjectOf(clause, named, context.language) : undefined;
  const assetId = named.assets[0]?.assetId;
  if (subject === undefined && assetId === undefined) return { kind: 'missing' };
  const platforms = [
    ...new Set(
      (named.accounts.length > 0 ? named.accounts : context.names.accounts).map(({ platform }) => platform),
    ),
  ];
  const before = context.captions.length;
  await callThinking(
    {
      command: 'draft-caption',
      input: {
        ...(subject === undefined ? {} : { about: subject.slice(0, 4_000) }),
        ...(assetId === undefined ? {} : { assetId }),
        platforms: platforms.length === 0 ? [usualPlatform] : platforms.slice(0, 6),
        alternatives: 2,
        callId: context.turn.messageId,
      },
    },
    context,
  );
  const drafted =
    context.captions.length > 0 && context.captions.length >= before ? bestOf(context.captions) : undefined;
  if (drafted === undefined) return { kind: 'missing' };
  return {
    kind: 'known',
    known: {
      text: drafted.text,
      isModelText: true,
      ...media,
      ...(assetId === undefined ? {} : { assetIds: [assetId] }),
    },
  };
}

/** "The best", "the second one", "it": of the captions of this turn, else of the last that were shown. */
function pickCaption(
  { clause, named }: CommitIntent,
  context: TurnContext,
): (CaptionAlternative & { platform: string }) | undefined {
  const isMeant = has(clause, 'best', 'this', 'caption');
  if (!isMeant) return undefined;
  const captions = context.captions.length > 0 ? context.captions : lastCaptions(context);
  const platforms = named.accounts.map(({ platform }) => platform);
  const fitting = captions.filter(({ platform }) => platforms.length === 0 || platforms.includes(platform));
  const sets = fitting.length > 0 ? fitting : captions;
  const place = ordinalOf(clause.words.map(({ folded }) => folded));
  if (place === undefined)
    return has(clause, 'best') || sets.every(({ alternatives }) => alternatives.length === 1)
      ? bestOf(sets)
      : undefined;
  const set = sets[0];
  const alternative = set?.alternatives.at(place);
  return set === undefined || alternative === undefined
    ? undefined
    : { ...alternative, platform: set.platform };
}

/** Code judges: the first that fitted as it was written, and uses its room best. */
function bestOf(sets: readonly CaptionSet[]): (CaptionAlternative & { platform: string }) | undefined {
  const all = sets.flatMap(({ platform, alternatives }) =>
    alternatives.map((alternative) => ({ ...alternative, platform })),
  );
  return (
    all.find(({ wasShortened, length }) => !wasShortened && length > 20) ??
    all.find(({ wasShortened }) => !wasShortened) ??
    all[0]
  );
}

function lastCaptions({ earlier }: TurnContext): CaptionSet[] {
  const card = earlier.flatMap(({ cards }) => cards).findLast(({ type }) => type === 'captions');
  return card?.type === 'captions' ? card.captions : [];
}

const ordinals: readonly (readonly string[])[] = [
  ['first', 'erste', 'ersten', 'primera', 'primero', 'premiere', 'premier'],
  ['second', 'zweite', 'zweiten', 'segunda', 'segundo', 'deuxieme', 'seconde'],
  ['third', 'dritte', 'dritten', 'tercera', 'tercero', 'troisieme'],
  ['fourth', 'vierte', 'vierten', 'cuarta', 'quatrieme'],
  ['fifth', 'funfte', 'funften', 'quinta', 'cinquieme'],
];

function ordinalOf(words: readonly string[]): number | undefined {
  const found = ordinals.findIndex((names) => words.some((word) => names.includes(word)));
  if (found >= 0) return found;
  return words.some((word) =>
    ['last', 'letzte', 'letzten', 'ultima', 'ultimo', 'derniere', 'dernier'].includes(word),
  )
    ? -1
    : undefined;
}

/** A caption for a platform goes to the account there, where there is one and none was named. */
function accountsOf(
  platform: string,
  { named }: CommitIntent,
  { names }: TurnContext,
): { accountIds?: string[] } {
  if (named.accounts.length > 0) return {};
  const accounts = names.accounts.filter((account) => account.platform === platform);
  return accounts.length === 1 ? { accountIds: accounts.map(({ accountId }) => accountId) } : {};
}
