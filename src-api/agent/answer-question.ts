import type { MessageCard } from '../../src-shared/domain/message-card.ts';
import type { PendingWish } from '../../src-shared/domain/pending-wish.ts';
import { usualPlatform } from '../../src-shared/domain/platforms/known-platforms.ts';
import type { EarlierMessage, TurnContext } from './agent-types.ts';
import { completeCommitment, knownTime } from './commit-step.ts';
import { callThinking } from './think-step.ts';
import { resolveWhen } from './time/resolve-when.ts';
import type { CommitCommand } from './understand/commit-rules.ts';
import { bestMatches, findNames } from './understand/names.ts';
import { readClauses } from './understand/clauses.ts';
import { separateMaterial } from './understand/separate-material.ts';
import { fold } from './words/fold.ts';

/** The question that the last answer ended with, if it still waits. */
export function findPending(earlier: readonly EarlierMessage[]): PendingWish | undefined {
  const last = earlier.findLast(({ role }) => role === 'assistant');
  const card = last?.cards.findLast(
    (each): each is Extract<MessageCard, { type: 'question' }> => each.type === 'question',
  );
  return card?.pending ?? undefined;
}

const never =
  /^(?:no|nope|never ?mind|forget (?:it|about it)|cancel|stop|nein|vergiss es|lass (?:es|gut sein)|abbrechen|no gracias|olvidalo|dejalo|non|laisse tomber|annule)[.! ]*$/u;

/** Whether somebody has changed their mind. */
export function isTakenBack(wish: string): boolean {
  return never.test(fold(wish).trim());
}

/**
 * Completes a wish with the answer to the question about it. False where the message is no answer to it: then it is a
 * wish of its own.
 */
export async function answerPending(
  pending: PendingWish,
  wish: string,
  context: TurnContext,
): Promise<boolean> {
  const known = { ...pending.known };
  const text = wish.trim();
  switch (pending.missing) {
    case 'about':
      return completeThinking(pending, text, context);
    case 'time': {
      const { when } = resolveWhen(text, { language: context.language, now: context.now });
      if (when.kind === 'none') return false;
      await completeCommitment(
        pending.command as CommitCommand,
        { ...known, ...knownTime(when) },
        context,
        when,
      );
      return true;
    }
    case 'account': {
      const accounts = findAccounts(text, context);
      if (accounts.length === 0) return false;
      known.accountIds = accounts;
      break;
    }
    case 'text': {
      const draft = bestMatches(
        text,
        context.names.posts.filter(({ state }) => state === 'draft'),
      );
      const isTitle = draft.length === 1 && draft[0] !== undefined && fold(draft[0].title) === fold(text);
      if (isTitle && draft[0] !== undefined)
        Object.assign(known, { postId: draft[0].postId, title: draft[0].title });
      else known.text = unquote(text);
      break;
    }
    case 'target': {
      if (pending.command === 'describe-asset') {
        const assets = bestMatches(text, context.names.assets);
        if (assets.length !== 1) return false;
        known.assetIds = assets.map(({ assetId }) => assetId);
        break;
      }
      const posts = bestMatches(text, context.names.posts);
      if (posts.length !== 1) return false;
      Object.assign(known, { postId: posts[0]?.postId, title: posts[0]?.title });
      break;
    }
    case 'folder': {
      const path = unquote(text);
      const folder = context.names.folders.find((each) => each.path === path);
      if (pending.command !== 'watch-folder' && folder === undefined) return false;
      if (!/^(?:~|[A-Za-z]:)?[/\\]/u.test(path)) return false;
      known.text = pending.command === 'watch-folder' ? path : (folder?.folderId ?? '');
      break;
    }
  }
  await completeCommitment(pending.command as CommitCommand, known, context);
  return true;
}

async function completeThinking(
  { command }: PendingWish,
  about: string,
  context: TurnContext,
): Promise<boolean> {
  const callId = context.turn.messageId;
  const subject = about.slice(0, 4_000);
  const platforms = [...new Set(context.names.accounts.map(({ platform }) => platform))].slice(0, 6);
  switch (command) {
    case 'generate-ideas':
      await callThinking({ command, input: { productContext: subject, callId } }, context);
      return true;
    case 'draft-caption':
      await callThinking(
        {
          command,
          input: { about: subject, platforms: platforms.length === 0 ? [usualPlatform] : platforms, callId },
        },
        context,
      );
      return true;
    case 'preview-plan':
      await callThinking({ command, input: { about: subject, zone: context.zone, callId } }, context);
      return true;
    default:
      return false;
  }
}

function findAccounts(text: string, { language, names }: TurnContext): string[] {
  const [clause] = readClauses(separateMaterial(text), language);
  if (clause === undefined) return [];
  const all = /^(?:on )?(?:all|both|all of them|alle|beide|todas|ambas|toutes|tous|les deux)[.! ]*$/iu.test(
    text,
  );
  const accounts = all ? names.accounts : findNames(clause, names).accounts;
  return accounts.map(({ accountId }) => accountId);
}

function unquote(text: string): string {
  return /^["“„«'](.*)["”“»']$/su.exec(text)?.[1]?.trim() ?? text;
}
