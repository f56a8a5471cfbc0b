import type { CommandInput, CommandName } from '../../src-shared/contract/registry.ts';
import { usualPlatform } from '../../src-shared/domain/platforms/known-platforms.ts';
import type { TurnContext } from './agent-types.ts';
import { countIn, subjectOf } from './subject.ts';
import { resolvePeriod } from './time/resolve-period.ts';
import { has, type Clause } from './understand/clauses.ts';
import type { ThinkCommand } from './understand/think-rules.ts';
import type { ThinkIntent } from './understand/understand.ts';
import { foldedWords } from './words/fold.ts';
import { languageWords } from './words/lexicon.ts';

/** A think command with all it needs, or what has to be asked first. */
export type ThinkCall =
  | { [Name in ThinkCommand & CommandName]: { command: Name; input: CommandInput<Name> } }[ThinkCommand]
  | { command: 'draft-caption' | 'generate-ideas' | 'preview-plan'; missing: 'about' };

/** Enough to say what a creator makes. */
const titlesShown = 8;

/** Fills in what a think command needs, from the person's words and what is attached. Code does it, not a model. */
export function fillThinking(intent: ThinkIntent, context: TurnContext): ThinkCall {
  const { command, clause, named } = intent;
  const { language, now } = context;
  const callId = context.turn.messageId;
  const subject = subjectOf(clause, named, language);
  const assetId = named.assets[0]?.assetId ?? context.assetIds[0];
  const period = resolvePeriod(clause.text, now);
  const stretch = period === undefined ? {} : { from: toInstant(period.from), to: toInstant(period.to) };
  const accountId = named.accounts.length === 1 ? { accountId: named.accounts[0]?.accountId } : {};
  switch (command) {
    case 'generate-ideas': {
      const productContext = subject ?? knownOf(context);
      if (productContext === undefined && assetId === undefined) return { command, missing: 'about' };
      return {
        command,
        input: {
          productContext: cut(productContext ?? clause.text),
          count: countIn(clause, language, 12) ?? 5,
          ...(assetId === undefined ? {} : { assetId }),
          callId,
        },
      };
    }
    case 'draft-caption': {
      const about = subject ?? earlierIdea(context);
      if (about === undefined && assetId === undefined) return { command, missing: 'about' };
      return {
        command,
        input: {
          ...(about === undefined ? {} : { about: cut(about) }),
          ...(assetId === undefined ? {} : { assetId }),
          platforms: platformsFor(intent, context),
          alternatives:
            countIn(clause, language, 5) ?? (has(clause, 'caption') && isSingular(clause) ? 1 : 3),
          callId,
        },
      };
    }
    case 'preview-plan': {
      const about = subject ?? knownOf(context);
      if (about === undefined) return { command, missing: 'about' };
      const postCount = countIn(clause, language, 30);
      return {
        command,
        input: {
          kind: has(clause, 'campaign') ? 'campaign' : 'week',
          about: cut(about),
          ...(period === undefined
            ? {}
            : { startsOn: (period.from < now ? now : period.from).toISODate() ?? undefined }),
          ...(postCount === undefined ? {} : { postCount }),
          ...(named.accounts.length === 0
            ? {}
            : { accountIds: named.accounts.map((account) => account.accountId) }),
          zone: context.zone,
          callId,
        },
      };
    }
    case 'search-library':
      return { command, input: { text: searchWords(clause, context), sort: 'relevance', limit: 20 } };
    case 'read-metadata':
      if (assetId !== undefined) return { command, input: { assetId } };
      return {
        command: 'search-library',
        input: { text: searchWords(clause, context), sort: 'relevance', limit: 20 },
      };
    case 'look-up': {
      const title = named.posts[0]?.title;
      const states = statesIn(clause);
      const text = intent.subject === 'accounts' || title === undefined ? {} : { text: title };
      return {
        command,
        input: {
          subject: intent.subject ?? 'schedule',
          ...text,
          ...(states.length === 0 ? {} : { states }),
          ...accountId,
          ...stretch,
        },
      };
    }
    case 'summarise-analytics':
      return { command, input: { ...stretch, ...accountId } };
    case 'explain-what-happened': {
      const entityId = named.posts[0]?.postId ?? named.assets[0]?.assetId;
      return {
        command,
        input: { ...(entityId === undefined ? {} : { entityId }), question: clause.text.slice(0, 1000) },
      };
    }
    case 'list-activity':
      return { command, input: {} };
  }
}

function platformsFor({ named }: ThinkIntent, { names }: TurnContext): string[] {
  if (named.platforms.length > 0) return named.platforms;
  const ofAccounts = (named.accounts.length > 0 ? named.accounts : names.accounts).map(
    ({ platform }) => platform,
  );
  const platforms = [...new Set(ofAccounts)].slice(0, 6);
  return platforms.length > 0 ? platforms : [usualPlatform];
}

/** What the library and the posts are about, where the wish says nothing. */
function knownOf({ names, assetIds }: TurnContext): string | undefined {
  if (assetIds.length > 0) return undefined;
  const titles = [...names.posts.map(({ title }) => title), ...names.assets.map(({ title }) => title)];
  if (titles.length === 0) return undefined;
  return `A creator whose posts and recordings are called: ${titles.slice(0, titlesShown).join('; ')}`;
}

/** "Write a caption for it" after ideas: the first of them. */
function earlierIdea({ earlier }: TurnContext): string | undefined {
  const card = earlier.flatMap(({ cards }) => cards).findLast(({ type }) => type === 'ideas');
  const idea = card?.type === 'ideas' ? card.ideas[0] : undefined;
  return idea === undefined ? undefined : `${idea.title}. ${idea.hook} ${idea.outline}`;
}

function isSingular(clause: Clause): boolean {
  return clause.words.some(({ folded }) =>
    ['a', 'an', 'one', 'ein', 'eine', 'einen', 'un', 'una', 'une'].includes(folded),
  );
}

const stateWords: [RegExp, string[]][] = [
  [/fail|fehl|gescheitert|fall(?:o|id)|echou/u, ['failed', 'partial', 'unconfirmed']],
  [/draft|entw|borrador|brouillon/u, ['draft']],
  [/published|veroffentlicht|publicad|publie[se]/u, ['published', 'partial']],
  [/missed|verpasst|perdid|manque/u, ['missed', 'needs-decision']],
];

function statesIn(clause: Clause): string[] {
  if (clause.isQuestion) return [];
  return stateWords
    .filter(([pattern]) => clause.words.some(({ folded }) => pattern.test(folded)))
    .flatMap(([, states]) => states);
}

/** The words that say what is looked for: not those that ask for it. */
function searchWords(clause: Clause, { language }: TurnContext): string {
  if (clause.material.length > 0) return clause.material.join(' ').slice(0, 200);
  const { forms, polite } = languageWords[language];
  const subject = subjectOf(clause, { platforms: [] }, language);
  const words = foldedWords(subject ?? clause.text).filter(
    (word) => word.length > 2 && !polite.has(word) && !forms.has(word) && !searchFillers.has(word),
  );
  return words.join(' ').slice(0, 200);
}

const searchFillers = new Set(
  'the where that which about did have has had there any all die der das ich wo denen man los las una del que donde les des une dans mes'.split(
    ' ',
  ),
);

function cut(text: string): string {
  return text.slice(0, 4_000);
}

function toInstant(moment: { toUTC: () => { toISO: () => string | null } }): string {
  return moment.toUTC().toISO() ?? '';
}
