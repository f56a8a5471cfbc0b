import { describe, expect, it } from 'vitest';
import { createMessageRepository } from '../../src-data/messages.ts';
import { createLocalApiClient } from '../../src-node/local-api-client.ts';
import {
  addRecording,
  ask,
  beginConversation,
  ended,
  openChat,
  read,
  readMessage,
  say,
} from '../fixtures/chat-harness.ts';
import { codeOf, startTestApi, valueOf } from '../fixtures/api-harness.ts';
import { until } from '../fixtures/worker-harness.ts';

describe('an answer', () => {
  it('streams word by word, and whoever comes later gets what has come so far', async () => {
    const chat = await openChat();
    let finish = (): void => undefined;
    chat.runtime.answerWith(async (reply) => {
      reply.say('One ');
      reply.say('two ');
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      reply.say('three.');
      reply.end();
    });
    const conversationId = await beginConversation(chat);
    const messageId = await say(chat, conversationId, 'Count.');
    await until(async () => (await readMessage(chat, conversationId, messageId)).sequence === 2);
    const half = await readMessage(chat, conversationId, messageId);
    expect(half).toMatchObject({ state: 'streaming', text: 'One two ', model: 'scripted:latest' });

    finish();
    const whole = await ended(chat, conversationId, messageId);
    expect(whole).toMatchObject({ state: 'done', text: 'One two three.', error: null });
    const deltas = () => chat.heard.flatMap((event) => (event.type === 'answer-delta' ? [event] : []));
    // They come by a way of their own, perhaps after the answer.
    await until(() => deltas().length === 3);
    expect(deltas().map(({ sequence, textDelta }) => [sequence, textDelta])).toEqual([
      [1, 'One '],
      [2, 'two '],
      [3, 'three.'],
    ]);
  });

  it('goes on while nobody listens, and is there for the next window (complaint 15)', async () => {
    const chat = await openChat();
    let goOn = (): void => undefined;
    const isClosed = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    chat.runtime.answerWith(async (reply) => {
      reply.say('Begun');
      await isClosed;
      reply.say(' and ended.');
      reply.end();
    });
    const conversationId = await beginConversation(chat);
    const messageId = await say(chat, conversationId, 'Hello');
    await until(async () => (await readMessage(chat, conversationId, messageId)).text === 'Begun');
    chat.client.close();
    goOn();
    await until(() => createMessageRepository(chat.database).get(messageId).state === 'done');
    const nextWindow = createLocalApiClient({ socketPath: chat.dataFolder.apiSocket, door: 'window' });
    const whole = await ended({ ...chat, client: nextWindow }, conversationId, messageId);
    expect(whole).toMatchObject({ state: 'done', text: 'Begun and ended.' });
    nextWindow.close();
  });

  it('that is stopped ends at once, keeps what has come, and leaves the runtime', async () => {
    const chat = await openChat();
    chat.runtime.answerWith((reply) => reply.say('Never ending'));
    const conversationId = await beginConversation(chat);
    const messageId = await say(chat, conversationId, 'Talk.');
    await until(async () => (await readMessage(chat, conversationId, messageId)).text !== '');
    expect(valueOf(await chat.client.commands.stopAnswer({ messageId }))).toEqual({ wasAnswering: true });
    expect(await readMessage(chat, conversationId, messageId)).toMatchObject({
      state: 'stopped',
      text: 'Never ending',
      error: null,
    });
    await until(() => chat.runtime.openCount() === 0);
    expect(valueOf(await chat.client.commands.stopAnswer({ messageId }))).toEqual({ wasAnswering: false });
  });

  it('survives the end of the api half written, marked, and can go on from there', async () => {
    const chat = await openChat();
    chat.runtime.answerWith((reply) => reply.say('The first half'));
    const conversationId = await beginConversation(chat);
    const messageId = await say(chat, conversationId, 'Talk.');
    await until(async () => (await readMessage(chat, conversationId, messageId)).text !== '');
    await chat.api.stop();

    const again = await startTestApi({ dataFolder: chat.dataFolder, ollamaAddress: chat.runtime.address });
    const kept = await readMessage(again, conversationId, messageId);
    expect(kept).toMatchObject({ state: 'failed', text: 'The first half' });
    expect(kept.error?.code).toBe('dependency.answer-interrupted');

    chat.runtime.answerWith((reply, body) => {
      expect(body.messages.at(-2)).toMatchObject({ role: 'assistant', content: 'The first half' });
      reply.say(', and the second.');
      reply.end();
    });
    valueOf(await again.client.commands.continueAnswer({ messageId }));
    expect(await ended(again, conversationId, messageId)).toMatchObject({
      state: 'done',
      text: 'The first half, and the second.',
      error: null,
    });
  });

  it('is marked even where the api was killed and could say nothing', async () => {
    const chat = await openChat();
    const conversationId = await beginConversation(chat);
    await ask(chat, conversationId, 'Hello');
    await chat.api.stop();
    chat.database.sqlite.prepare(`UPDATE message SET state = 'streaming' WHERE role = 'assistant'`).run();
    const again = await startTestApi({ dataFolder: chat.dataFolder });
    const { messages, isAnswering } = await read(again, conversationId);
    expect(isAnswering).toBe(false);
    expect(messages.at(-1)).toMatchObject({ state: 'failed', text: 'Hello' });
  });

  it('can be had again: the former one is kept as a version and can be chosen', async () => {
    const chat = await openChat();
    const conversationId = await beginConversation(chat);
    const first = await ask(chat, conversationId, 'Hello');
    chat.runtime.answerWith((reply) => {
      reply.say('Another');
      reply.end();
    });
    const { messageId } = valueOf(
      await chat.client.commands.regenerateAnswer({ messageId: first.messageId }),
    );
    const second = await ended(chat, conversationId, messageId);
    expect(second).toMatchObject({ text: 'Another', versions: [first.messageId, messageId] });
    expect((await read(chat, conversationId)).messages).toHaveLength(2);

    valueOf(await chat.client.commands.chooseAnswer({ messageId: first.messageId }));
    expect((await read(chat, conversationId)).messages.at(-1)?.text).toBe('Hello');
    await ask(chat, conversationId, 'And now?');
    expect(chat.runtime.asked.at(-1)?.messages.map(({ content }) => content)).toContain('Hello');
  });

  it('is one at a time in a conversation, and a second message is refused without losing it', async () => {
    const chat = await openChat();
    chat.runtime.answerWith((reply) => reply.say('…'));
    const conversationId = await beginConversation(chat);
    const messageId = await say(chat, conversationId, 'One');
    const second = await chat.client.commands.sendMessage({ conversationId, text: 'Two' });
    expect(codeOf(second)).toBe('input.wrong-state');
    await chat.client.commands.stopAnswer({ messageId });
  });
});

describe('a conversation', () => {
  it('is named after its first message until the person names it', async () => {
    const chat = await openChat();
    const conversationId = await beginConversation(chat);
    await ask(chat, conversationId, 'What was said about the harbour?');
    expect((await read(chat, conversationId)).title).toBe('What was said about the harbour?');
    valueOf(await chat.client.commands.renameConversation({ conversationId, title: 'Harbour' }));
    await ask(chat, conversationId, 'And the boats?');
    expect((await read(chat, conversationId)).title).toBe('Harbour');
  });

  it('keeps an unsent message and what is to be attached to it, until it is sent (complaint 15)', async () => {
    const chat = await openChat();
    const assetId = addRecording(chat, 'Harbour', ['The harbour is closed.']);
    const conversationId = await beginConversation(chat);
    const draft = { text: 'Half a thou', assetIds: [assetId] };
    valueOf(await chat.client.commands.saveUnsentDraft({ conversationId, ...draft }));
    await chat.api.stop();
    const again = await startTestApi({ dataFolder: chat.dataFolder, ollamaAddress: chat.runtime.address });
    expect((await read(again, conversationId)).draft).toEqual(draft);

    valueOf(await again.client.commands.sendMessage({ conversationId, text: 'Whole', assetIds: [assetId] }));
    const after = await read(again, conversationId);
    expect(after.draft).toEqual({ text: '', assetIds: [] });
    expect(after.assets).toMatchObject([{ assetId, title: 'Harbour' }]);
    expect(after.messages[0]).toMatchObject({ text: 'Whole', assetIds: [assetId] });
  });

  it('is found by words of its title and of its messages, with the place', async () => {
    const chat = await openChat();
    const harbour = await beginConversation(chat);
    await ask(chat, harbour, 'Tell me of lighthouses');
    await ask(chat, await beginConversation(chat), 'Something else');
    const find = async (text: string) =>
      valueOf(await chat.client.commands.listConversations({ text })).items;
    const [found, ...others] = await find('lightho');
    expect(others).toEqual([]);
    expect(found).toMatchObject({ conversationId: harbour });
    expect(found?.match?.snippet).toContain('\u0002lighthouses\u0003');
    expect(await find('nothing of the kind')).toEqual([]);
    expect(await find('hello')).toHaveLength(2);
  });

  it('can be branched from a message: the new one knows what came before and nothing after', async () => {
    const chat = await openChat();
    const conversationId = await beginConversation(chat);
    const first = await ask(chat, conversationId, 'First');
    await ask(chat, conversationId, 'Second');
    const branch = valueOf(await chat.client.commands.branchConversation({ messageId: first.messageId }));
    expect(branch.messages.map(({ text }) => text)).toEqual(['First', 'Hello']);
    await ask(chat, branch.conversationId, 'Elsewhere');
    expect((await read(chat, conversationId)).messages.map(({ text }) => text)).toEqual([
      'First',
      'Hello',
      'Second',
      'Hello',
    ]);
  });

  it('that is deleted takes its messages along, and the answer in hand ends', async () => {
    const chat = await openChat();
    chat.runtime.answerWith((reply) => reply.say('…'));
    const conversationId = await beginConversation(chat);
    await say(chat, conversationId, 'Hello');
    await until(() => chat.runtime.openCount() === 1);
    valueOf(await chat.client.commands.deleteConversation({ conversationId }));
    await until(() => chat.runtime.openCount() === 0);
    expect(codeOf(await chat.client.commands.readConversation({ conversationId }))).toBe('input.not-found');
    const rows = chat.database.sqlite.prepare('SELECT count(*) FROM message').pluck().get();
    expect(rows).toBe(0);
  });

  it('tells its listeners when something in it has changed', async () => {
    const chat = await openChat();
    chat.heard.length = 0;
    await beginConversation(chat);
    await until(() =>
      chat.heard.some((event) => event.type === 'changed' && event.topics.includes('conversations')),
    );
  });
});
