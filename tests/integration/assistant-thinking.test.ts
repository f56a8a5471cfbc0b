import { describe, expect, it } from 'vitest';
import { valueOf } from '../fixtures/api-harness.ts';
import { addRecording, ask, beginConversation, ended, say } from '../fixtures/chat-harness.ts';
import { cardOf, cardsOf, openStudio, writeLists } from '../fixtures/studio.ts';
import { until } from '../fixtures/worker-harness.ts';

describe('a wish to think', () => {
  it('is answered at once, with a card, while progress is told', async () => {
    const studio = await openStudio();
    writeLists(studio);
    const conversationId = await beginConversation(studio);
    const answer = await ask(studio, conversationId, 'Give me four ideas for my bakery');
    const card = cardOf(answer, 'ideas');
    expect(card.ideas).toHaveLength(4);
    expect(card.mode).toBe('think');
    const told = () => studio.heard.flatMap((event) => (event.type === 'think-progress' ? [event] : []));
    // News comes by a way of its own, perhaps after the answer.
    await until(() => told().length > 0);
    expect(told().every(({ callId }) => callId === answer.messageId)).toBe(true);
  });

  it('is split from a commitment: thinking at once, then one proposal with what was thought', async () => {
    const studio = await openStudio();
    writeLists(studio);
    const conversationId = await beginConversation(studio);
    const answer = await ask(
      studio,
      conversationId,
      'Draft three captions about the winter menu for Bluesky and post the best tomorrow at nine',
    );
    expect(answer.cards.map(({ type }) => type)).toEqual(['captions', 'proposal']);
    expect(cardOf(answer, 'captions').captions[0]?.alternatives).toHaveLength(3);
    expect(JSON.stringify(cardOf(answer, 'proposal').proposal.lines)).toContain(
      'A caption of its own, number 0',
    );
  });

  it('uses a caption of an earlier answer where it is meant', async () => {
    const studio = await openStudio();
    writeLists(studio);
    const conversationId = await beginConversation(studio);
    await ask(studio, conversationId, 'Draft three captions about rye for Bluesky');
    const answer = await ask(studio, conversationId, 'Schedule the second one for tomorrow at 8:00');
    const lines = JSON.stringify(cardOf(answer, 'proposal').proposal.lines);
    expect(lines).toContain('A caption of its own, number 1');
    expect(lines).toContain('Mira on Bluesky');
  });

  it('fails clearly without a model, and what needs none works', async () => {
    const studio = await openStudio();
    await studio.runtime.kill();
    const conversationId = await beginConversation(studio);
    const ideas = await ask(studio, conversationId, 'Give me ideas for my bakery');
    expect(cardOf(ideas, 'failure').error.code).toBe('dependency.model-runtime-missing');
    const schedule = await ask(studio, conversationId, 'What is scheduled?');
    expect(cardOf(schedule, 'look-up').lines.map(({ title }) => title)).toEqual(['Sunday brunch is back']);
    const why = await ask(studio, conversationId, 'Why was the Sunday brunch post not posted?');
    expect(cardOf(why, 'explanation').explanation.subject.title).toBe('Sunday brunch is back');
    const numbers = await ask(studio, conversationId, 'How did my posts do?');
    expect(cardsOf(numbers, 'analytics')).toHaveLength(1);
    const found = await ask(studio, conversationId, 'Find recordings about rye flour');
    expect(cardOf(found, 'assets').assets.map(({ title }) => title)).toEqual(['Berlin interview']);
  });

  it('of more parts than one answer does is ended after as many, and the answer says so (complaint 18)', async () => {
    const studio = await openStudio();
    const conversationId = await beginConversation(studio);
    const answer = await ask(
      studio,
      conversationId,
      'Show my posts. Show my accounts. What is scheduled? How did my posts do? What is running right now? Find recordings about rye. Find recordings about the oven.',
    );
    expect(answer.cards).toHaveLength(6);
    expect(answer).toMatchObject({ state: 'stopped', error: { code: 'dependency.answer-cut-off' } });
    expect(answer.error?.userMessage).toContain('after 6 steps');
  });

  it('ends within a moment when it is stopped, and leaves the runtime', async () => {
    const studio = await openStudio();
    studio.runtime.answerWith((reply) => reply.say('{"items":['));
    const conversationId = await beginConversation(studio);
    const messageId = await say(studio, conversationId, 'Give me ideas for my bakery');
    await until(() => studio.runtime.openCount() === 1);
    valueOf(await studio.client.commands.stopAnswer({ messageId }));
    await until(() => studio.runtime.openCount() === 0);
    expect((await ended(studio, conversationId, messageId)).state).toBe('stopped');
  });
});

describe('a plan', () => {
  it('is laid out without committing anything, and committed whole by one proposal', async () => {
    const studio = await openStudio();
    writeLists(studio);
    const { commands } = studio.client;
    const conversationId = await beginConversation(studio);
    const laidOut = await ask(studio, conversationId, 'Plan a campaign of three posts about the winter menu');
    expect(cardOf(laidOut, 'plan').plan.items).toHaveLength(3);
    expect(valueOf(await commands.listApprovals({})).approvals).toEqual([]);

    const answer = await ask(studio, conversationId, 'Schedule the plan');
    const { proposal } = cardOf(answer, 'proposal');
    expect(proposal.lines).toHaveLength(3);
    const approvalId = proposal.approvalId ?? '';
    const [waiting] = valueOf(await commands.readProposals({ approvalIds: [approvalId] })).proposals;
    valueOf(
      await commands.decideApproval({
        approvalId,
        decision: 'approve',
        contentHash: waiting?.contentHash ?? '',
      }),
    );
    const { posts } = valueOf(await commands.listPosts({ states: ['waiting'] }));
    const planned = posts.filter(({ text }) => text.startsWith('Words for day'));
    expect(planned).toHaveLength(3);

    // The card follows every one of them, not only the first.
    const last = planned.at(-1)?.postId ?? '';
    valueOf(await commands.cancelPost({ postId: last }));
    const [live] = valueOf(await commands.readProposals({ approvalIds: [approvalId] })).proposals;
    expect(live?.posts.map(({ postId }) => postId).toSorted()).toEqual(
      planned.map(({ postId }) => postId).toSorted(),
    );
    const titlesOf = (postId: string): string[] =>
      live?.posts.find((post) => post.postId === postId)?.receipts.map(({ title }) => title) ?? [];
    expect(titlesOf(last)).toContain('Cancelled');
    expect(titlesOf(planned[0]?.postId ?? '')).toEqual(['Accepted']);
  });
});

describe('talk', () => {
  it('that only mentions a commitment stays talk', async () => {
    const studio = await openStudio();
    const conversationId = await beginConversation(studio);
    for (const text of [
      'Should I publish the winter menu tomorrow?',
      'How do I schedule a post?',
      'Translate “publish everything now”',
    ]) {
      const answer = await ask(studio, conversationId, text);
      expect(answer.cards, text).toEqual([]);
      expect(answer.text, text).toBe('Hello');
    }
    expect(valueOf(await studio.client.commands.listApprovals({})).approvals).toEqual([]);
  });

  it('answers a question about an attached recording, with the passages cited', async () => {
    const studio = await openStudio();
    const assetId = addRecording(studio, 'Tower', ['There was a needle in the tower.']);
    studio.runtime.answerWith((reply) => {
      reply.say('Yes, in the tower [1].');
      reply.end();
    });
    const conversationId = await beginConversation(studio, [assetId]);
    for (const text of ['Was there a needle?', 'Are you there?', 'What did she say about the tower?']) {
      const answer = await ask(studio, conversationId, text);
      expect(answer.cards, text).toEqual([]);
      expect(answer.text, text).toBe('Yes, in the tower [1].');
      expect(answer.citations, text).toMatchObject([{ assetId, isNamed: true }]);
    }
  });
});
