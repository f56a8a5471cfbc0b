import { describe, expect, it } from 'vitest';
import { createPostChanges } from '../../src-data/posts/change-posts.ts';
import type { DurableToolResult } from '../../src-shared/contract/define-command.ts';
import type { Approval } from '../../src-shared/domain/approval.ts';
import type { Result } from '../../src-shared/domain/errors.ts';
import { connectAgent, startTestApi, valueOf, type TestApi } from '../fixtures/api-harness.ts';
import { contentOf } from '../fixtures/publishing-harness.ts';
import { furnish } from '../fixtures/studio.ts';

const dayMs = 24 * 3_600_000;
const zone = 'Europe/Berlin';

async function openStudio() {
  let atMs = Date.parse('2026-11-20T08:00:00.000Z');
  const api = await startTestApi({ now: () => new Date(atMs) });
  const ids = await furnishAt(api, atMs, '2026-11-30T10:00');
  return { api, ...ids, pass: (durationMs: number) => void (atMs += durationMs) };
}

async function furnishAt(api: TestApi, nowMs: number, dueAt: string) {
  const { blueskyId, mastodonId } = await furnish(api, nowMs);
  const { commands } = api.client;
  const targets = [{ accountId: blueskyId }, { accountId: mastodonId }];
  const wish = { content: contentOf('Sunday brunch'), targets, when: { kind: 'at' as const, dueAt, zone } };
  const { entityId: postId } = valueOf(await commands.schedulePost(wish));
  return { blueskyId, mastodonId, postId };
}

/** What the person reads of what an agent asks for. */
async function waiting(api: TestApi, asked: Promise<Result<DurableToolResult>>): Promise<Approval> {
  const approvalId = valueOf(await asked).entityId;
  return valueOf(await api.client.commands.readApproval({ approvalId })).approval;
}

const inFull = 'Monday 30 November 2026 10:00 (Europe/Berlin)';
const onBluesky = { label: 'Account', value: 'Mira on Bluesky (@mira.example, Bluesky)' };
const onMastodon = { label: 'Account', value: 'Mira on Mastodon (@mira@social.example, Mastodon)' };

describe('what the person reads before an agent may', () => {
  it('schedule or move a post stays the same as days pass, so that the approval stays good', async () => {
    const { api, blueskyId, postId, pass } = await openStudio();
    const { commands } = connectAgent(api);
    const requests = [
      await waiting(
        api,
        commands.schedulePost({
          content: contentOf('In ten days'),
          targets: [{ accountId: blueskyId }],
          when: { kind: 'at', dueAt: '2026-11-30T15:00', zone },
        }),
      ),
      await waiting(
        api,
        commands.reschedulePost({ postId, when: { kind: 'at', dueAt: '2026-12-01T10:00', zone } }),
      ),
    ];
    expect(requests[1]?.preview.lines).toEqual([
      { label: 'Post', value: 'Sunday brunch' },
      { label: 'Until now', value: inFull },
      { label: 'From now on', value: 'Tuesday 1 December 2026 10:00 (Europe/Berlin)' },
      onBluesky,
      onMastodon,
    ]);
    // Within a week a day is told by its name alone elsewhere.
    pass(6 * dayMs);
    for (const { approvalId, contentHash } of requests) {
      const decided = await api.client.commands.decideApproval({
        approvalId,
        contentHash,
        decision: 'approve',
      });
      expect(valueOf(decided).approval.state).toBe('approved');
    }
  });

  it('edit a post says from what to what, for whom more and for whom no more', async () => {
    const { api, blueskyId, postId } = await openStudio();
    const { preview } = await waiting(
      api,
      connectAgent(api).commands.editPost({
        postId,
        content: contentOf('Saturday brunch'),
        targets: [{ accountId: blueskyId }],
        lateness: { limitMinutes: 5, beyond: 'skip' },
      }),
    );
    expect(preview.title).toBe('Change “Sunday brunch”');
    expect(preview.lines).toEqual([
      { label: 'Post', value: 'Sunday brunch' },
      { label: 'When', value: inFull },
      onBluesky,
      { label: 'Text until now', value: 'Sunday brunch' },
      { label: 'Text from now on', value: 'Saturday brunch' },
      { ...onMastodon, label: 'No longer for' },
      {
        label: 'If it is late until now',
        value: 'published up to 60 minutes after its time, then you are asked',
      },
      { label: 'If it is late from now on', value: 'published up to 5 minutes after its time, then skipped' },
    ]);
  });

  it('edit a post is void where the post was changed meanwhile', async () => {
    const { api, postId } = await openStudio();
    const approval = await waiting(
      api,
      connectAgent(api).commands.editPost({ postId, content: contentOf('Saturday brunch') }),
    );
    valueOf(await api.client.commands.editPost({ postId, content: contentOf('Brunch is cancelled') }));
    const { approvalId, contentHash } = approval;
    const decided = await api.client.commands.decideApproval({
      approvalId,
      contentHash,
      decision: 'approve',
    });
    expect(valueOf(decided).approval.state).toBe('voided');
    expect(valueOf(await api.client.commands.readPost({ postId })).content.parts[0]?.text).toBe(
      'Brunch is cancelled',
    );
  });

  it('cancel a post names when it was planned, and the accounts that do not get it', async () => {
    const { api, postId } = await openStudio();
    const targetId = valueOf(await api.client.commands.readPost({ postId })).targets[1]?.targetId ?? '';
    const { preview } = await waiting(api, connectAgent(api).commands.cancelPost({ postId, targetId }));
    expect(preview.lines).toEqual([
      { label: 'Post', value: 'Sunday brunch' },
      { label: 'Was planned for', value: inFull },
      { ...onMastodon, label: 'Not sent to' },
    ]);
  });

  it('try an account again, or decide about a late post, shows what would be sent and where', async () => {
    const { api, postId, pass } = await openStudio();
    const posts = createPostChanges(api.database);
    const [first, second] = posts.get(postId).targets;
    if (first === undefined || second === undefined) throw new Error('the post is for two accounts');
    posts.setTarget(first, { state: 'failed' });
    posts.setTarget(second, { state: 'needs-decision' });
    pass(11 * dayMs);
    const { commands } = connectAgent(api);
    const atOnce = { label: 'When', value: 'at once, as soon as you approve' };
    const text = { label: 'Text', value: 'Sunday brunch' };
    const retry = await waiting(api, commands.retryTarget({ postId, targetId: first.targetId }));
    expect(retry.preview.lines).toEqual([onBluesky, atOnce, text]);
    const late = await waiting(api, commands.decideLatePost({ postId, decision: { kind: 'publish' } }));
    expect(late.preview.lines).toEqual([
      onMastodon,
      { label: 'Was planned for', value: inFull },
      atOnce,
      text,
    ]);
    const skip = await waiting(api, commands.decideLatePost({ postId, decision: { kind: 'skip' } }));
    expect(skip.preview).toMatchObject({
      title: 'Skip “Sunday brunch”, which is late',
      lines: [{ ...onMastodon, label: 'Not sent to' }, { label: 'Was planned for', value: inFull }, {}],
    });
  });
});
