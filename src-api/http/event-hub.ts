import type { RevisionRepository } from '../../src-data/revisions.ts';
import type { Logger } from '../../src-node/logger.ts';
import type { AppEvent } from '../../src-shared/contract/events.ts';
import type { ProcessStatus } from '../../src-shared/domain/process-status.ts';

export interface EventHub {
  /** The processes as they are come first. Returns the unsubscribe. */
  subscribe: (listener: (event: AppEvent) => void) => () => void;
  announceProcesses: (processes: ProcessStatus[]) => void;
  /** Tells every listener at once. */
  announce: (event: AppEvent) => void;
  /** Looks at once for what has changed, without waiting for the next look. */
  look: () => void;
  close: () => void;
}

const lookEveryMs = 200;

/**
 * Tells every listener which parts of the database have changed, whichever process changed them. One look costs a few
 * microseconds while nothing happens, and none is taken while nobody listens.
 */
export function createEventHub(options: {
  revisions: RevisionRepository;
  readProcesses: () => ProcessStatus[];
  logger: Logger;
}): EventHub {
  const { revisions, readProcesses, logger } = options;
  const listeners = new Set<(event: AppEvent) => void>();
  let timer: NodeJS.Timeout | undefined;

  function publish(event: AppEvent): void {
    for (const listener of listeners) listener(event);
  }

  function look(): void {
    try {
      const topics = revisions.takeChangedTopics();
      if (topics.length > 0) publish({ type: 'changed', topics });
    } catch (error) {
      logger.warn({ err: error }, 'could not look for changes');
    }
  }

  return {
    subscribe(listener) {
      if (listeners.size === 0) {
        // What changed while nobody listened is not news: a new listener reads everything anyway.
        revisions.takeChangedTopics();
        timer = setInterval(look, lookEveryMs);
      }
      listeners.add(listener);
      listener({ type: 'processes', processes: readProcesses() });
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
    announceProcesses: (processes) => publish({ type: 'processes', processes }),
    announce: publish,
    look,
    close() {
      clearInterval(timer);
      listeners.clear();
    },
  };
}
