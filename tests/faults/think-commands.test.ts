import { describe, expect, it } from 'vitest';
import type { ChatScript } from '../fixtures/scripted-runtime-server.ts';
import { codeOf, valueOf, type TestApi } from '../fixtures/api-harness.ts';
import { ask, beginConversation } from '../fixtures/chat-harness.ts';
import { cardOf, openStudio } from '../fixtures/studio.ts';
import { fillSchema } from '../end-to-end/fill-schema.ts';

type Call = (api: TestApi) => ReturnType<TestApi['client']['call']>;

/** The think commands that a model answers. */
const commands: [name: string, call: Call][] = [
  ['generate-ideas', ({ client }) => client.commands.generateIdeas({ productContext: 'A bakery', count: 3 })],
  [
    'draft-caption',
    ({ client }) => client.commands.draftCaption({ about: 'Rye', platforms: ['bluesky'], alternatives: 3 }),
  ],
  ['preview-plan', ({ client }) => client.commands.previewPlan({ about: 'Winter', postCount: 3 })],
];

/** Some seconds: what is to be kept has to have come by then, also on a busy computer. */
const shortTime = { thinkBudgetFactor: 1 / 10 };

const wellFormed: ChatScript = (reply, body) => {
  reply.say(JSON.stringify(fillSchema(body.format ?? {})));
  reply.end();
};

describe.each(commands)('%s', (_name, call) => {
  it('says that the runtime stopped where it dies in the middle, and answers once it is back', async () => {
    const studio = await openStudio();
    studio.runtime.answerWith((reply) => {
      reply.say('{"items":[');
      reply.breakOff();
    });
    expect(codeOf(await call(studio))).toBe('dependency.model-runtime-stopped');
    studio.runtime.answerWith(wellFormed);
    valueOf(await call(studio));
  });

  it('says that there is none where the runtime is gone', async () => {
    const studio = await openStudio();
    await studio.runtime.kill();
    expect(codeOf(await call(studio))).toBe('dependency.model-runtime-missing');
  });

  it('has what does not fit repaired once, and then fails clearly', async () => {
    const studio = await openStudio();
    let asked = 0;
    studio.runtime.answerWith((reply) => {
      asked += 1;
      reply.say('I would rather not answer in this form.');
      reply.end();
    });
    expect(codeOf(await call(studio))).toBe('dependency.chat-model-failed');
    expect(asked).toBe(2);
    let isFirst = true;
    studio.runtime.answerWith((reply, body) => {
      if (!isFirst) return wellFormed(reply, body);
      isFirst = false;
      reply.say('{"items":"none"}');
      reply.end();
      return undefined;
    });
    valueOf(await call(studio));
  });

  it('says that the memory is too small where the runtime finds that', async () => {
    const studio = await openStudio();
    studio.runtime.answerWith((reply) =>
      reply.refuse(500, 'model requires more system memory (5.6 GiB) than is available (3.1 GiB)'),
    );
    expect(codeOf(await call(studio))).toBe('dependency.chat-model-too-large');
  });

  it('ends within its time where the model is too slow, and leaves the runtime', async () => {
    const studio = await openStudio({ thinkBudgetFactor: 1 / 100 });
    studio.runtime.answerWith((reply) => reply.say('{"items":['));
    expect(codeOf(await call(studio))).toBe('dependency.model-too-slow');
    await expect.poll(() => studio.runtime.openCount()).toBe(0);
  });
});

it('what is complete when the time is up is the answer', async () => {
  const studio = await openStudio(shortTime);
  studio.runtime.answerWith((reply) =>
    reply.say('{"items":[{"title":"One","hook":"Look.","outline":"Do it.","format":"text"},{"title":"Tw'),
  );
  const { ideas } = valueOf(
    await studio.client.commands.generateIdeas({ productContext: 'A bakery', count: 3 }),
  );
  expect(ideas.map(({ title }) => title)).toEqual(['One']);
});

describe('what has come of the first when the time is up is kept, said to be cut off, and never cut in a word', () => {
  const slowly =
    (text: string): ChatScript =>
    (reply) =>
      reply.say(text);

  it('an idea with title and hook', async () => {
    const studio = await openStudio(shortTime);
    studio.runtime.answerWith(
      slowly('{"items":[{"title":"One","hook":"Look.","outline":"Show how the crust is ma'),
    );
    const answer = valueOf(
      await studio.client.commands.generateIdeas({ productContext: 'A bakery', count: 3 }),
    );
    expect(answer).toMatchObject({
      ideas: [{ title: 'One', hook: 'Look.', outline: 'Show how the crust is…' }],
      endedEarly: true,
    });
  });

  it('a caption, and the captions of the platforms before it', async () => {
    const studio = await openStudio(shortTime);
    studio.runtime.answerWith((reply, body) => {
      if (JSON.stringify(body.messages).includes('for mastodon')) reply.say('{"items":[');
      else reply.say('{"items":[{"text":"Fresh rye bread at six, eve');
    });
    const answer = valueOf(
      await studio.client.commands.draftCaption({
        about: 'Rye',
        platforms: ['bluesky', 'mastodon'],
        alternatives: 2,
      }),
    );
    expect(answer).toMatchObject({
      captions: [{ platform: 'bluesky', alternatives: [{ text: 'Fresh rye bread at six,…' }] }],
      endedEarly: true,
    });
  });

  it('a post of a plan', async () => {
    const studio = await openStudio(shortTime);
    studio.runtime.answerWith(slowly('{"items":[{"title":"Soup","text":"It is very cold outside. Our s'));
    const { plan, endedEarly } = valueOf(
      await studio.client.commands.previewPlan({ about: 'Winter', postCount: 3 }),
    );
    expect([plan.items.map(({ text }) => text), endedEarly]).toEqual([['It is very cold outside.'], true]);
  });

  it('and what fitted of a reply that was to be repaired', async () => {
    const studio = await openStudio(shortTime);
    let isFirst = true;
    studio.runtime.answerWith((reply) => {
      reply.say(isFirst ? '{"items":[{"title":"One","text":"All of it."},{"wrong":1}]}' : '{"items":[');
      if (isFirst) reply.end();
      isFirst = false;
    });
    const { plan } = valueOf(await studio.client.commands.previewPlan({ about: 'Winter', postCount: 3 }));
    expect(plan.items.map(({ text }) => text)).toEqual(['All of it.']);
  });
});

it('the words are told as they come, and the assistant says why there are fewer', async () => {
  const studio = await openStudio(shortTime);
  studio.runtime.answerWith((reply) =>
    reply.say('{"items":[{"title":"One","hook":"Look.","outline":"Do it.","format":"text"},{"title":"Two of'),
  );
  const conversationId = await beginConversation(studio);
  const answer = await ask(studio, conversationId, 'Give me four ideas for my bakery');
  expect(cardOf(answer, 'ideas').ideas).toHaveLength(1);
  expect(answer.text).toContain('My time was up');
  await expect
    .poll(() => studio.heard.flatMap((event) => (event.type === 'think-progress' ? [event.text] : [])))
    .toContain('Idea 2 of 4 · Two of');
});
