import type { MessageCard } from '../../src-shared/domain/message-card.ts';
import type { KnownWhen, PendingWish } from '../../src-shared/domain/pending-wish.ts';
import type { TurnContext } from './agent-types.ts';
import {
  ask,
  askForAccount,
  askForPost,
  askForTime,
  deletable,
  draftChoices,
  statesFor,
} from './ask-missing.ts';
import { chooseText } from './choose-text.ts';
import { propose } from './propose.ts';
import { fail } from './think-step.ts';
import type { When } from './time/resolve-when.ts';
import type { CommitCommand } from './understand/commit-rules.ts';
import { has } from './understand/clauses.ts';
import type { Names } from './understand/names.ts';
import type { CommitIntent } from './understand/understand.ts';

type Known = PendingWish['known'];

/** Fills in a commitment step by step, from the person's own words, and puts it before them. */
export async function runCommitment(intent: CommitIntent, context: TurnContext): Promise<void> {
  const { named, when } = intent;
  let { command } = intent;
  const known: Known = { ...knownTime(when) };
  switch (command) {
    case 'schedule-post': {
      const chosen = await chooseText(intent, context);
      if (chosen.kind === 'failed') return;
      if (chosen.kind === 'unclear') {
        askForPost(command, chosen.candidates, known, context);
        return;
      }
      Object.assign(known, chosen.kind === 'known' ? chosen.known : {});
      if (named.accounts.length > 0) known.accountIds = named.accounts.map(({ accountId }) => accountId);
      const missingPlatform = named.platforms.find(
        (platform) => !named.accounts.some((account) => account.platform === platform),
      );
      if (missingPlatform !== undefined) {
        askForAccount(known, context, context.phrases.noAccountOn(missingPlatform));
        return;
      }
      break;
    }
    case 'schedule-plan':
      break;
    case 'reschedule-post':
    case 'cancel-post':
    case 'delete-published-post': {
      const changeable = named.posts.filter(({ state }) => statesFor(command).includes(state));
      const isOver = command === 'cancel-post' && changeable.length === 0;
      const posts = isOver ? named.posts.filter(({ state }) => deletable.includes(state)) : changeable;
      const [post] = posts.length > 0 || !has(intent.clause, 'this') ? posts : await latestPosts(context);
      // What is out already cannot be called off; it can be taken down.
      if (command === 'cancel-post' && deletable.includes(post?.state ?? ''))
        command = 'delete-published-post';
      if (posts.length > 1) {
        askForPost(command, posts, known, context);
        return;
      }
      if (post !== undefined) Object.assign(known, { postId: post.postId, title: post.title });
      break;
    }
    case 'describe-asset':
      known.assetIds = named.assets.slice(0, 1).map(({ assetId }) => assetId);
      if (known.assetIds.length === 0) known.assetIds = context.assetIds.slice(0, 1);
      break;
    case 'watch-folder':
      if (named.path !== undefined) known.text = named.path;
      break;
    case 'pause-watch-folder':
    case 'resume-watch-folder':
    case 'remove-watch-folder': {
      const folders =
        named.path === undefined && context.names.folders.length === 1
          ? context.names.folders
          : named.folders;
      if (folders[0] !== undefined) known.text = folders[0].folderId;
      break;
    }
  }
  await completeCommitment(command, known, context, when);
}

/** Goes on with what is known: asks for the next missing part, or puts the whole before the person. */
export async function completeCommitment(
  command: CommitCommand,
  known: Known,
  context: TurnContext,
  when: When = { kind: 'none' },
): Promise<void> {
  switch (command) {
    case 'schedule-post':
      return completePost(known, context, when);
    case 'schedule-plan':
      return proposePlan(context);
    case 'reschedule-post':
      if (known.postId === undefined) {
        askForPost(command, undefined, known, context);
        return;
      }
      if (known.when === undefined) {
        askForTime(command, known, when, context);
        return;
      }
      return propose(command, { postId: known.postId, when: known.when }, context);
    case 'cancel-post':
    case 'delete-published-post':
      if (known.postId === undefined) {
        askForPost(command, undefined, known, context);
        return;
      }
      return propose(command, { postId: known.postId }, context);
    case 'describe-asset': {
      const assetId = known.assetIds?.[0];
      if (assetId === undefined) {
        ask(command, 'target', context.phrases.whichRecording, [], known, context);
        return;
      }
      return propose(command, { assetId }, context);
    }
    case 'watch-folder':
      if (known.text === undefined) {
        ask(command, 'folder', context.phrases.whichFolder, [], known, context);
        return;
      }
      return propose(command, { path: known.text }, context);
    case 'pause-watch-folder':
    case 'resume-watch-folder':
    case 'remove-watch-folder':
      if (known.text === undefined) {
        const choices = context.names.folders.map(({ path }) => ({ label: path, wish: path }));
        ask(command, 'folder', context.phrases.whichWatchedFolder, choices, known, context);
        return;
      }
      return propose(command, { folderId: known.text }, context);
  }
}

async function completePost(known: Known, context: TurnContext, when: When): Promise<void> {
  const draft =
    known.postId === undefined
      ? undefined
      : context.names.posts.find(({ postId }) => postId === known.postId);
  if (known.text === undefined && known.postId === undefined) {
    ask('schedule-post', 'text', context.phrases.whatText, draftChoices(context), known, context);
    return;
  }
  const accountIds = known.accountIds ?? onlyAccount(context);
  if (accountIds === undefined && (draft === undefined || draft.accountIds.length === 0)) {
    askForAccount(known, context);
    return;
  }
  if (known.when === undefined) {
    askForTime(
      'schedule-post',
      { ...known, ...(accountIds === undefined ? {} : { accountIds }) },
      when,
      context,
    );
    return;
  }
  const targets = accountIds?.map((accountId) => ({ accountId }));
  const media = (known.assetIds ?? []).map((assetId) => ({ assetId }));
  return propose(
    'schedule-post',
    {
      ...(known.postId === undefined
        ? { content: { parts: [{ text: known.text ?? '', media }] } }
        : { postId: known.postId }),
      ...(targets === undefined ? {} : { targets }),
      when: known.when,
    },
    context,
    { mustAsk: known.isModelText === true },
  );
}

/** The plan that was laid out last, whole. */
async function proposePlan(context: TurnContext): Promise<void> {
  const card = context.earlier.flatMap(({ cards }) => cards).findLast(({ type }) => type === 'plan');
  const plan = card?.type === 'plan' ? card.plan : undefined;
  const posts = (plan?.items ?? []).filter(({ accountIds }) => accountIds.length > 0);
  if (plan === undefined || posts.length === 0) {
    const { noPlanYet, planWithoutAccounts } = context.phrases;
    fail('schedule-plan', plan === undefined ? noPlanYet : planWithoutAccounts, context);
    return;
  }
  return propose(
    'schedule-plan',
    {
      title: plan.title,
      posts: posts.map(({ accountIds, text, assetId, dueAt, zone }) => ({
        accountIds,
        text,
        dueAt,
        zone,
        ...(assetId === null ? {} : { assetId }),
      })),
    },
    context,
    { mustAsk: true },
  );
}

export function knownTime(when: When): { when?: KnownWhen } {
  if (when.kind === 'at') {
    return { when: { kind: 'at', dueAt: when.at.toUTC().toISO() ?? '', zone: when.at.zoneName ?? 'UTC' } };
  }
  return when.kind === 'now' || when.kind === 'next-slot' ? { when: { kind: when.kind } } : {};
}

function onlyAccount({ names }: TurnContext): string[] | undefined {
  const [only, another] = names.accounts;
  return only === undefined || another !== undefined ? undefined : [only.accountId];
}

/** "Cancel it" after a post was shown or proposed: that one, where it is one. */
async function latestPosts({ earlier, names, options }: TurnContext): Promise<Names['posts']> {
  for (const card of earlier.flatMap(({ cards }) => cards).toReversed()) {
    const ids = await subjectsOf(card, options);
    const posts = names.posts.filter(({ postId }) => ids.includes(postId));
    if (posts.length > 0) return posts.length === 1 ? posts : [];
  }
  return [];
}

/** What a card is about. A proposal has its post once it was approved. */
async function subjectsOf(
  card: MessageCard,
  { execute }: TurnContext['options'],
): Promise<readonly (string | null | undefined)[]> {
  if (card.type === 'proposal') {
    const { approvalId, entityId } = card.proposal;
    const read = approvalId === null ? null : await execute('read-proposals', { approvalIds: [approvalId] });
    return read?.ok === true ? read.value.proposals.map((live) => live.entityId) : [entityId];
  }
  if (card.type === 'look-up') return card.lines.map(({ link }) => link.id);
  return card.type === 'explanation' ? [card.explanation.subject.link?.id] : [];
}
