import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { approvalStateTitles } from '../../src-shared/domain/approval-words.ts';
import { makeFolder, valueOf } from '../fixtures/api-harness.ts';
import { ask, beginConversation } from '../fixtures/chat-harness.ts';
import { cardOf, markPublished, openStudio, writeLists } from '../fixtures/studio.ts';

const zone = 'Europe/Berlin';

function tomorrowAt(hour: number): string {
  return (
    DateTime.now()
      .setZone(zone)
      .plus({ days: 1 })
      .set({ hour, minute: 0, second: 0, millisecond: 0 })
      .toUTC()
      .toISO() ?? ''
  );
}

describe('a wish for a commitment', () => {
  it('becomes a proposal that says exactly what would happen, and nothing happens before it is approved', async () => {
    const studio = await openStudio();
    const { commands } = studio.client;
    const conversationId = await beginConversation(studio);
    const answer = await ask(
      studio,
      conversationId,
      'Post "The first snow is here" on Bluesky tomorrow at 10:00',
    );
    const { proposal, mode, reason } = cardOf(answer, 'proposal');
    expect(mode).toBe('commit');
    expect(reason).toContain('survive a restart');
    const lines = JSON.stringify(proposal.lines);
    expect(lines).toContain('The first snow is here');
    expect(lines).toContain('Mira on Bluesky');
    expect(lines).toContain('10:00');
    expect(lines).toContain(zone);
    expect(answer.text).not.toMatch(/posted|published/iu);

    const before = valueOf(await commands.listPosts({}));
    expect(before.posts.map(({ heading }) => heading)).not.toContain('The first snow is here');

    const approvalId = proposal.approvalId ?? '';
    const [waiting] = valueOf(await commands.readProposals({ approvalIds: [approvalId] })).proposals;
    expect(waiting).toMatchObject({ state: 'pending', entityId: null, posts: [] });
    // One wording for one state, whoever says it.
    expect(waiting?.message).toBe(`${approvalStateTitles.pending}: ${proposal.title}.`);
    expect(answer.text.toLowerCase()).toContain(approvalStateTitles.pending.toLowerCase());
    valueOf(
      await commands.decideApproval({
        approvalId,
        decision: 'approve',
        contentHash: waiting?.contentHash ?? '',
      }),
    );

    const [live] = valueOf(await commands.readProposals({ approvalIds: [approvalId] })).proposals;
    expect(live).toMatchObject({ state: 'accepted', workflowId: `schedule-post:${live?.entityId ?? ''}` });
    expect(live?.message).toContain('Scheduled for');
    expect(live?.message).toContain('10:00');
    expect(live?.posts[0]?.receipts.map(({ title }) => title)).toContain('Accepted');
    const post = valueOf(await commands.readPost({ postId: live?.entityId ?? '' }));
    expect(post.due?.dueAt).toBe(tomorrowAt(10));
    expect(post.targets.map(({ accountId }) => accountId)).toEqual([studio.blueskyId]);

    // It went in as the assistant's request, and was let through as exactly what was shown.
    const { rows } = valueOf(await commands.searchAudit({ entityId: live?.entityId ?? '' }));
    expect(rows[0]).toMatchObject({ principal: 'assistant', command: 'schedule-post', approvalId });
    expect(rows[0]?.inputHash).toBeTruthy();
    const { approval } = valueOf(await commands.readApproval({ approvalId }));
    expect(approval).toMatchObject({ principal: 'assistant', contentHash: waiting?.contentHash });
  });

  it('says what goes with it and what it costs', async () => {
    const studio = await openStudio();
    const answer = await ask(
      studio,
      await beginConversation(studio),
      'Post "Rye is back" with the Berlin interview recording on Bluesky tomorrow at 10:00',
    );
    const { proposal } = cardOf(answer, 'proposal');
    expect(proposal.lines).toContainEqual({ label: 'With', value: 'Berlin interview' });
    expect(proposal.costs).toContainEqual({ unit: 'posts', amount: 1, account: studio.blueskyId });
  });

  it('asks for what is missing, one thing at a time, and keeps what it knows', async () => {
    const studio = await openStudio();
    const conversationId = await beginConversation(studio);
    const first = await ask(studio, conversationId, 'Please post this');
    expect(cardOf(first, 'question').pending?.missing).toBe('text');
    const second = await ask(studio, conversationId, '“Bread is ready”');
    expect(cardOf(second, 'question').pending?.missing).toBe('account');
    const third = await ask(studio, conversationId, 'Mastodon');
    const question = cardOf(third, 'question');
    expect(question.pending).toMatchObject({
      missing: 'time',
      known: { text: 'Bread is ready', accountIds: [studio.mastodonId] },
    });
    const last = await ask(studio, conversationId, 'tomorrow evening');
    const lines = JSON.stringify(cardOf(last, 'proposal').proposal.lines);
    expect(lines).toContain('Bread is ready');
    expect(lines).toContain('20:00');
  });

  it('takes a change of mind for one', async () => {
    const studio = await openStudio();
    const conversationId = await beginConversation(studio);
    await ask(studio, conversationId, 'Schedule "Bread is ready" on Mastodon');
    const answer = await ask(studio, conversationId, 'never mind');
    expect(answer.cards).toEqual([]);
    expect(answer.text).toContain('Nothing was done');
  });

  it('moves and cancels the post that was named', async () => {
    const studio = await openStudio();
    const conversationId = await beginConversation(studio);
    const moved = await ask(studio, conversationId, 'Move the Sunday brunch post to tomorrow at noon');
    expect(cardOf(moved, 'proposal').command).toBe('reschedule-post');
    const cancelled = await ask(studio, conversationId, 'Cancel the Sunday brunch post');
    const { proposal } = cardOf(cancelled, 'proposal');
    expect(JSON.stringify([proposal.title, proposal.lines])).toContain('Sunday brunch is back');
  });

  it('takes down what is published already, where that is named or just shown', async () => {
    const studio = await openStudio();
    markPublished(studio, studio.brunchId);
    const conversationId = await beginConversation(studio);
    const named = await ask(studio, conversationId, 'Delete the Sunday brunch post');
    const { proposal } = cardOf(named, 'proposal');
    expect(proposal).toMatchObject({ command: 'delete-published-post', mode: 'commit' });
    expect(proposal.title).toContain('Sunday brunch is back');
    expect(proposal.warnings.join(' ')).toContain('cannot be brought back');
    const unnamed = await ask(studio, conversationId, 'Delete a published post');
    expect(cardOf(unnamed, 'question').pending).toMatchObject({ missing: 'target' });
  });

  it('is meant by "it" once it was approved', async () => {
    const studio = await openStudio();
    const { commands } = studio.client;
    const conversationId = await beginConversation(studio);
    const proposed = await ask(
      studio,
      conversationId,
      'Schedule "Bread is ready" on Bluesky for tomorrow at 10:00',
    );
    const approvalId = cardOf(proposed, 'proposal').proposal.approvalId ?? '';
    const { contentHash } = valueOf(await commands.readApproval({ approvalId })).approval;
    valueOf(await commands.decideApproval({ approvalId, decision: 'approve', contentHash }));
    const cancelled = await ask(studio, conversationId, 'Cancel it');
    const { proposal } = cardOf(cancelled, 'proposal');
    expect(proposal.command).toBe('cancel-post');
    expect(JSON.stringify([proposal.title, proposal.lines])).toContain('Bread is ready');
  });

  it('of the folder kind is a loop, and its card says so', async () => {
    const studio = await openStudio();
    const conversationId = await beginConversation(studio);
    const folder = makeFolder();
    const answer = await ask(studio, conversationId, `Watch the folder ${folder}`);
    const { mode, reason, proposal } = cardOf(answer, 'proposal');
    expect(mode).toBe('loop');
    expect(reason).toContain('until you stop it');
    // What it will do each day, and how to stop it.
    const { title, lines } = proposal;
    expect(title).toBe(`Watch ${folder}`);
    expect(lines.map(({ label }) => label)).toEqual(['Folder', 'Every day', 'Files', 'To stop it']);
    expect(lines[1]?.value).toContain('Each new recording');
    expect(lines[3]?.value).toContain('Settings, Watched folders');
  });

  it('is stopped in the words that its card gives', async () => {
    const studio = await openStudio();
    const folder = makeFolder();
    valueOf(await studio.client.commands.watchFolder({ path: folder }));
    const conversationId = await beginConversation(studio);
    const answer = await ask(studio, conversationId, 'Stop watching this folder');
    const { command, proposal } = cardOf(answer, 'proposal');
    expect(command).toBe('remove-watch-folder');
    expect(proposal.title).toBe(`Stop watching ${folder}`);
  });

  it('passes without a click where a standing grant covers it, through the same pipeline', async () => {
    const studio = await openStudio();
    const { commands } = studio.client;
    valueOf(await commands.createGrant({ command: 'schedule-post', principal: 'assistant' }));
    const conversationId = await beginConversation(studio);
    const answer = await ask(
      studio,
      conversationId,
      'Schedule "Granted words" on Bluesky for tomorrow at 10:00',
    );
    const { proposal } = cardOf(answer, 'proposal');
    expect(answer.text).toContain('Scheduled for');
    expect(proposal.costs).toMatchObject([{ unit: 'posts', amount: 1 }]);
    const approvalId = proposal.approvalId ?? '';
    const { approval } = valueOf(await commands.readApproval({ approvalId }));
    expect(approval).toMatchObject({ state: 'approved', preview: { lines: proposal.lines } });
    expect(JSON.stringify(proposal.lines)).toContain('Granted words');
    expect(approval.decidedBy).toMatch(/^grant:/u);
    const { proposals } = valueOf(await commands.readProposals({ approvalIds: [approvalId] }));
    expect(proposals).toMatchObject([
      { state: 'accepted', entityId: proposal.entityId, posts: [{ postId: proposal.entityId }] },
    ]);
    // Nobody was asked, so nobody is told to answer.
    const { notices } = valueOf(await commands.listNotices({}));
    expect(notices.filter(({ kind }) => kind === 'approval-waiting')).toEqual([]);
    const { rows } = valueOf(await commands.searchAudit({ entityId: proposal.entityId ?? '' }));
    expect(rows[0]).toMatchObject({ principal: 'assistant', command: 'schedule-post', outcome: 'done' });
    expect(rows[0]?.approvalId).toMatch(/^grant:/u);
  });
});

describe('what a model has written', () => {
  it('is shown before it goes out, also where a standing grant covers the command', async () => {
    const studio = await openStudio();
    writeLists(studio);
    valueOf(await studio.client.commands.createGrant({ command: 'schedule-post', principal: 'assistant' }));
    const conversationId = await beginConversation(studio);
    const answer = await ask(
      studio,
      conversationId,
      'Draft a caption about the Berlin interview for Bluesky and post the best tomorrow at nine',
    );
    expect(cardOf(answer, 'proposal').proposal.approvalId).not.toBeNull();
  });
});
