import { acceptsConnections } from '../src-node/accepts-connections.ts';
import type { Logger } from '../src-node/logger.ts';
import type { OutboxDispatcher } from './boundary/outbox-dispatcher.ts';
import { wakePosts } from './boundary/start-messages.ts';
import type { CommandServices } from './commands/services.ts';

const usuallyEveryMs = 15_000;

export interface WatchForReturnOptions {
  services: Pick<CommandServices, 'accounts' | 'connectorOf' | 'database' | 'outbox' | 'posts' | 'vault'>;
  dispatcher: Pick<OutboxDispatcher, 'wake'>;
  logger: Logger;
  everyMs?: number | undefined;
}

/**
 * Posts can wait for something that says nothing when it comes back: the keyring of the system, the drive of a folder, or
 * the line to a platform. It is looked for as long as a post waits for it, and left alone otherwise.
 */
export function watchForReturn(options: WatchForReturnOptions): { stop: () => void } {
  const { services, dispatcher, logger, everyMs = usuallyEveryMs } = options;
  const { accounts, connectorOf, database, outbox, posts, vault } = services;

  async function listReturnedFolders(): Promise<string[]> {
    const returned: string[] = [];
    for (const accountId of posts.listAwaitedFolders()) {
      const account = accounts.find(accountId);
      if (account === undefined) continue;
      if ((await connectorOf(account.platform).isFolderBack?.(account)) === true) returned.push(accountId);
    }
    return returned;
  }

  /** Whether the server of each account was there when it was last looked for. */
  const wasReachable = new Map<string, boolean>();

  /**
   * A server that was there all along and answers with errors is tried again after pauses that grow; only one that has
   * come back since is tried at once.
   */
  async function listReturnedPlatforms(): Promise<string[]> {
    const returned: string[] = [];
    for (const accountId of posts.listAwaitedPlatforms()) {
      const serviceUrl = accounts.find(accountId)?.serviceUrl;
      if (serviceUrl == null) continue;
      const isReachable = await acceptsConnections(toServer(serviceUrl));
      if (isReachable && wasReachable.get(accountId) !== true) returned.push(accountId);
      wasReachable.set(accountId, isReachable);
    }
    return returned;
  }

  async function look(): Promise<void> {
    const isUnlocked = posts.isUnlockAwaited() && (await vault.isKeyInKeyring());
    const folders = await listReturnedFolders();
    const platforms = await listReturnedPlatforms();
    if (isStopped || (!isUnlocked && folders.length === 0 && platforms.length === 0)) return;
    const count = database.transaction(() => {
      const postIds = new Set([
        ...(isUnlocked ? posts.goOnUnlocked() : []),
        ...folders.flatMap((accountId) => posts.goOnWithFolder(accountId)),
        ...platforms.flatMap((accountId) => posts.goOnWithPlatform(accountId)),
      ]);
      for (const message of wakePosts([...postIds])) outbox.add(message);
      return postIds.size;
    });
    logger.info({ count }, 'what posts waited for is there again');
    dispatcher.wake();
  }

  let isStopped = false;
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => {
        logger.warn({ err: error }, 'could not look for what posts wait for; it is looked for again');
      })
      .finally(() => {
        looking = undefined;
      });
  }, everyMs);
  return {
    stop() {
      isStopped = true;
      clearInterval(timer);
    },
  };
}

function toServer(serviceUrl: string): { host: string; port: number } {
  const { hostname, port, protocol } = new URL(serviceUrl);
  return { host: hostname, port: port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port) };
}
