import { describe, expect, it } from 'vitest';
import { ask, beginConversation } from '../fixtures/chat-harness.ts';
import { openStudio, type TestStudio } from '../fixtures/studio.ts';

/** A wish of which no rule is sure: the short list is put before the model. */
const vagueWish = 'The videos about sourdough, please';

interface OfferedTools {
  tools?: { function: { name: string } }[];
}

/** A model that says of itself that it knows tools. */
function openWithTools(): Promise<TestStudio> {
  return openStudio({ models: [{ name: 'scripted:latest', capabilities: ['completion', 'tools'] }] });
}

function callOf(name: string): string {
  const message = {
    role: 'assistant',
    content: '',
    tool_calls: [{ function: { name, arguments: { text: 'x' } } }],
  };
  return `${JSON.stringify({ message, done: false })}\n`;
}

describe('a model with native tools', () => {
  it('is offered the short list and nothing else, and its structured call is what is done', async () => {
    const studio = await openWithTools();
    const offered: string[][] = [];
    studio.runtime.answerWith((reply, body) => {
      const { tools = [] } = body as OfferedTools;
      offered.push(tools.map((tool) => tool.function.name));
      reply.raw(callOf(offered.length === 1 ? 'search-library' : 'none'));
      reply.end();
    });
    const answer = await ask(studio, await beginConversation(studio), vagueWish);
    expect(answer.cards.map(({ command }) => command)).toEqual(['search-library']);
    expect(offered[0]).toEqual(['search-library']);
  });

  it('does nothing by words that only look like a call', async () => {
    const studio = await openWithTools();
    studio.runtime.answerWith((reply) => {
      reply.say('{"name":"search-library","arguments":{"text":"x"}}');
      reply.end();
    });
    const answer = await ask(studio, await beginConversation(studio), vagueWish);
    expect(answer.cards).toEqual([]);
  });

  it('cannot call what it was not offered', async () => {
    const studio = await openWithTools();
    studio.runtime.answerWith((reply) => {
      for (const name of ['generate-ideas', 'publish-now', 'schedule-post', 'decide-approval'])
        reply.raw(callOf(name));
      reply.end();
    });
    const answer = await ask(studio, await beginConversation(studio), vagueWish);
    expect(answer).toMatchObject({ state: 'done', cards: [] });
    const { commands } = studio.client;
    expect(await commands.listApprovals({})).toMatchObject({ ok: true, value: { approvals: [] } });
  });

  it('that wants the same tool for ever is ended, and the answer says so (complaint 18)', async () => {
    const studio = await openWithTools();
    studio.runtime.answerWith((reply) => {
      reply.raw(callOf('search-library'));
      reply.end();
    });
    const answer = await ask(studio, await beginConversation(studio), vagueWish);
    expect(answer.cards).toHaveLength(1);
    expect(answer.text).toContain('That was shown already, so I stop here.');
    expect(studio.runtime.asked).toHaveLength(2);
  });
});
