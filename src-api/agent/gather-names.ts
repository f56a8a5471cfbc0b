import type { ExecuteAsAssistant } from './agent-types.ts';
import { separateMaterial, withoutMarks } from './understand/separate-material.ts';
import type { Names } from './understand/names.ts';
import { foldedWords } from './words/fold.ts';

/** Words that are looked up among the titles of recordings; more are no name. */
const wordsLookedUp = 10;
const shortestWord = 4;
const recordingsConsidered = 50;

/**
 * What a wish may mean by name. Everything is read through the boundary as the assistant; what may not be read, or
 * cannot be read now, is simply not known by name.
 */
export async function gatherNames(execute: ExecuteAsAssistant, wish: string): Promise<Names> {
  const [accounts, posts, folders, assets] = await Promise.all([
    execute('list-accounts', {}),
    execute('list-posts', { limit: 2_000 }),
    execute('list-watch-folders', {}),
    findAssets(execute, wish),
  ]);
  return {
    accounts: accounts.ok
      ? accounts.value.accounts.map(({ accountId, platform, name, handle }) => ({
          accountId,
          platform,
          name,
          handle,
        }))
      : [],
    posts: posts.ok
      ? posts.value.posts.map(({ postId, heading, state, targets }) => ({
          postId,
          title: heading,
          state,
          accountIds: targets.map(({ accountId }) => accountId),
        }))
      : [],
    folders: folders.ok ? folders.value.folders.map(({ folderId, path }) => ({ folderId, path })) : [],
    assets,
  };
}

async function findAssets(execute: ExecuteAsAssistant, wish: string): Promise<Names['assets']> {
  const { words, material } = separateMaterial(wish);
  const own = foldedWords([withoutMarks(words), ...material].join(' ').slice(0, 2_000));
  const titleWords = [...new Set(own.filter((word) => word.length >= shortestWord))].slice(0, wordsLookedUp);
  if (titleWords.length === 0) return [];
  const found = await execute('search-library', {
    titleWords,
    sort: 'relevance',
    limit: recordingsConsidered,
  });
  return found.ok ? found.value.items.map(({ assetId, title }) => ({ assetId, title })) : [];
}
