import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Topic } from '../../src-shared/contract/events.ts';
import type { ProcessStatus } from '../../src-shared/domain/process-status.ts';
import { bridge } from './bridge.ts';
import { readAgain } from './read-again.ts';
import { isAffected } from './topics.ts';

const processesKey = ['processes'] as const;
/** While a file is transcribed events come many times a second; screens are refreshed at most this often. */
const refreshIntervalMs = 400;

const noProcesses: ProcessStatus[] = [];

/** The states of all parts, also while the api process is down. */
export function useProcesses(): ProcessStatus[] {
  const { data } = useQuery({
    queryKey: processesKey,
    queryFn: () => bridge.readProcesses(),
    staleTime: Infinity,
  });
  return data ?? noProcesses;
}

/** Keeps every query as fresh as what the api process and main announce. */
export function useLiveUpdates(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    const refresher = createRefresher(queryClient);
    const takeProcesses = (processes: ProcessStatus[]) => {
      const before = queryClient.getQueryData<ProcessStatus[]>(processesKey);
      queryClient.setQueryData(processesKey, processes);
      // Events that were sent while it was away are lost, so whatever is shown is read again.
      if (!isApiReady(before) && isApiReady(processes))
        void queryClient.invalidateQueries({ predicate: isCommand });
      // Another runtime has other models.
      if (runtimeOf(before) !== runtimeOf(processes)) refresher.note(['models']);
    };
    const stopEvents = bridge.onEvent((event) => {
      if (event.type === 'changed') refresher.note(event.topics);
    });
    const stopProcesses = bridge.onProcesses(takeProcesses);
    return () => {
      stopEvents();
      stopProcesses();
      refresher.stop();
    };
  }, [queryClient]);
}

function isCommand(query: { queryKey: readonly unknown[] }): boolean {
  return query.queryKey[0] !== processesKey[0];
}

function isApiReady(processes: ProcessStatus[] | undefined): boolean {
  return processes?.some(({ name, state }) => name === 'api' && state === 'ready') ?? false;
}

/** Which model runtime answers, and whether it does. */
function runtimeOf(processes: ProcessStatus[] | undefined): string {
  const runtime = processes?.find(({ name }) => name === 'ollama');
  return `${runtime?.state ?? ''} ${runtime?.port ?? ''} ${runtime?.pid ?? ''}`;
}

function createRefresher(queryClient: QueryClient) {
  const changed = new Set<Topic>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const refresh = () => {
    timer = null;
    const topics = new Set(changed);
    changed.clear();
    void readAgain(queryClient, (queryKey) => isAffected(queryKey, topics));
  };
  return {
    note(topics: readonly Topic[]) {
      for (const topic of topics) changed.add(topic);
      timer ??= setTimeout(refresh, refreshIntervalMs);
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
