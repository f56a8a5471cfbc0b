import type { Query, QueryClient } from '@tanstack/react-query';

/**
 * Reads again what is shown of these queries, and resolves once that is done. One that is being read for the first time
 * is read once more after that, since its answer may be from before: asked for alone, it would only be waited for.
 */
export async function readAgain(
  queryClient: QueryClient,
  isMeant: (queryKey: readonly unknown[]) => boolean,
): Promise<void> {
  const meant = queryClient.getQueryCache().findAll({ predicate: ({ queryKey }) => isMeant(queryKey) });
  await Promise.all(meant.map((query) => readOneAgain(queryClient, query)));
}

async function readOneAgain(queryClient: QueryClient, query: Query): Promise<void> {
  const isFirstRead = query.state.data === undefined && query.state.fetchStatus === 'fetching';
  const alone = { predicate: (other: Query) => other === query };
  await queryClient.invalidateQueries(alone);
  if (isFirstRead) await queryClient.invalidateQueries(alone);
}
