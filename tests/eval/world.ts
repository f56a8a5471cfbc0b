import { DateTime } from 'luxon';
import type { CommandName } from '../../src-shared/contract/registry.ts';
import type { Result } from '../../src-shared/domain/errors.ts';
import type { ExecuteAsAssistant } from '../../src-api/agent/agent-types.ts';

/** The studio of the evaluation, on a Wednesday afternoon in Berlin. */
export const zone = 'Europe/Berlin';
export const now = DateTime.fromISO('2026-11-25T14:00', { zone });

const account = (accountId: string, platform: string, name: string, handle: string) => ({
  accountId,
  platform,
  name,
  handle,
});
export const accounts = [
  account('account-bluesky', 'bluesky', 'Mira on Bluesky', '@mira.example'),
  account('account-mastodon', 'mastodon', 'Mira on Mastodon', '@mira@social.example'),
];
export const posts = [
  {
    postId: 'post-menu',
    heading: 'Winter menu is here',
    state: 'draft',
    targets: [{ accountId: 'account-bluesky' }],
  },
  {
    postId: 'post-brunch',
    heading: 'Sunday brunch is back',
    state: 'waiting',
    targets: [{ accountId: 'account-bluesky' }],
  },
  {
    postId: 'post-hours',
    heading: 'Holiday opening hours',
    state: 'waiting',
    targets: [{ accountId: 'account-mastodon' }],
  },
  {
    postId: 'post-soup',
    heading: 'Autumn soup recipe',
    state: 'failed',
    targets: [{ accountId: 'account-bluesky' }],
  },
  {
    postId: 'post-course',
    heading: 'Spring bread course',
    state: 'published',
    targets: [{ accountId: 'account-bluesky' }],
  },
];
export const assets = [
  { assetId: 'asset-berlin', title: 'Berlin interview' },
  { assetId: 'asset-sourdough', title: 'Sourdough workshop' },
  { assetId: 'asset-market', title: 'Market day' },
];
const folders = [{ folderId: 'folder-videos', path: '/home/mira/Videos' }];

/** What a call was made with. */
export interface Call {
  command: CommandName;
  input: Record<string, unknown>;
}

/** Answers the assistant's calls as the boundary would, and keeps them. */
export function createWorld(): { execute: ExecuteAsAssistant; calls: Call[] } {
  const calls: Call[] = [];
  const execute = (command: CommandName, input: unknown): Promise<Result<unknown>> => {
    calls.push({ command, input: input as Record<string, unknown> });
    return Promise.resolve({ ok: true, value: answer(command, input as Record<string, unknown>) });
  };
  return { execute: execute as ExecuteAsAssistant, calls };
}

function answer(command: string, input: Record<string, unknown>): unknown {
  switch (command) {
    case 'list-accounts':
      return { accounts };
    case 'list-posts':
      return { posts, isCut: false };
    case 'list-watch-folders':
      return { folders };
    case 'search-library': {
      const text = (typeof input['text'] === 'string' ? input['text'] : '').toLowerCase();
      const titleWords = Array.isArray(input['titleWords']) ? (input['titleWords'] as string[]) : [''];
      const items = assets
        .filter(({ title }) => title.toLowerCase().includes(text))
        .filter(({ title }) => titleWords.some((word) => title.toLowerCase().includes(word)))
        .map((asset) => ({ ...asset, matches: [], summary: null }));
      return { totalCount: items.length, items };
    }
    case 'read-metadata':
      return {
        ...assets.find(({ assetId }) => assetId === input['assetId']),
        durationMs: 60_000,
        status: 'approved',
        summary: null,
      };
    case 'generate-ideas':
      return {
        model: 'canned',
        endedEarly: false,
        ideas: [{ title: 'An idea', hook: 'Look', outline: 'Do it', format: 'text' }],
      };
    case 'draft-caption':
      return {
        model: 'canned',
        learnedFromCount: 0,
        endedEarly: false,
        captions: (input['platforms'] as string[]).map((platform) => ({
          platform,
          alternatives: [
            { text: 'A caption that was drafted just now', length: 35, limit: 300, wasShortened: false },
          ],
        })),
      };
    case 'preview-plan':
      return {
        model: 'canned',
        endedEarly: false,
        plan: {
          kind: 'week',
          title: 'A plan',
          zone,
          startsOn: '2026-11-26',
          endsOn: '2026-12-02',
          items: [],
        },
      };
    case 'look-up':
      return { subject: input['subject'], totalCount: 0, lines: [] };
    case 'summarise-analytics':
      return { sentences: ['Nothing was due.'] };
    case 'explain-what-happened':
      return {
        subject: { title: 'A post', state: 'failed', link: null },
        cause: 'It failed.',
        wayOut: null,
        timeline: [],
      };
    case 'list-activity':
      return { items: [] };
    case 'read-approval':
      return { approval: { preview: { title: 'What would happen', lines: [], warnings: [], costs: [] } } };
    default:
      return {
        status: 'accepted',
        entityId: 'approval-1',
        workflowId: 'approval:approval-1',
        message: 'Waits for your approval.',
      };
  }
}
