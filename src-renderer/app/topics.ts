import type { Topic } from '../../src-shared/contract/events.ts';
import type { CommandClient } from '../../src-shared/contract/registry.ts';

/**
 * Which parts of the database each query shows. A transcript is not listed: its screen reads it again when the
 * revision of its asset has grown, so that work on other assets does not make it load hours of text.
 */
const topicsByMethod = {
  searchLibrary: ['assets', 'steps'],
  summariseLibrary: ['assets'],
  readMetadata: ['assets', 'steps', 'transcripts'],
  listActivity: ['assets', 'steps', 'folders', 'models', 'posts', 'outbox'],
  listWatchFolders: ['folders'],
  listSpeechModels: ['models', 'settings'],
  listChatModels: ['models', 'settings'],
  listConversations: ['conversations'],
  readConversation: ['conversations'],
  readSettings: ['settings'],
  readHttpDoor: ['settings'],
  listNotices: ['notices'],
  readStatus: ['outbox', 'steps'],
  listRenderings: ['steps', 'accounts', 'assets'],
  readPost: ['posts', 'assets'],
  listPosts: ['posts'],
  checkPost: ['posts', 'assets'],
  findNextSlot: ['posts'],
  listQueueSlots: ['posts'],
  listLatePosts: ['posts'],
  listAccounts: ['accounts', 'posts'],
  readVaultState: ['accounts'],
  listApprovals: ['approvals'],
  readApproval: ['approvals'],
  readProposals: ['approvals', 'posts', 'outbox'],
  listTokens: ['access'],
  listGrants: ['access'],
  listBudgets: ['access'],
  readLedger: ['access'],
} as const satisfies Partial<Record<keyof CommandClient, readonly Topic[]>>;

const topicsOf = new Map<unknown, readonly Topic[]>(Object.entries(topicsByMethod));

/** Whether a query must be fetched again after these topics changed. */
export function isAffected(queryKey: readonly unknown[], changed: ReadonlySet<Topic>): boolean {
  return topicsOf.get(queryKey[0])?.some((topic) => changed.has(topic)) ?? false;
}
