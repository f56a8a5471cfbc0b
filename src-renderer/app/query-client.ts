import { QueryClient } from '@tanstack/react-query';
import { CommandError, isAway } from './command-error.ts';

/** Everything is on this machine, so `networkMode` is always: a lost network must not pause the library. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: 15_000,
        gcTime: 10 * 60_000,
        retry: (failureCount, thrown) =>
          thrown instanceof CommandError &&
          (isAway(thrown.dto) || (thrown.dto.retry === 'auto' && failureCount < 2)),
        retryDelay: (failureCount) => Math.min(400 * 2 ** failureCount, 2500),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
