import { describe, expect, it } from 'vitest';
import { codeOf, startTestApi, valueOf } from '../fixtures/api-harness.ts';
import { ask, beginConversation, ended, openChat, readMessage, say } from '../fixtures/chat-harness.ts';
import { until } from '../fixtures/worker-harness.ts';
import { errorCodes, isErrorCode } from '../../src-shared/domain/error-codes.ts';
import type { Message } from '../../src-shared/domain/conversation.ts';

/** What the person is shown: a sentence, and a way out that the window knows. */
function wayOutOf({ error }: Message): string {
  if (error === null || !isErrorCode(error.code)) throw new Error('a failed answer has a known error');
  expect(error.userMessage).toMatch(/kept|lost|left/);
  return `${error.code}: ${errorCodes[error.code].wayOut}`;
}

describe('an answer, where', () => {
  it('there is no runtime, says so at once and what to do', async () => {
    const api = await startTestApi();
    const conversationId = await beginConversation(api);
    const answer = await ask(api, conversationId, 'Hello');
    expect(answer.state).toBe('failed');
    expect(wayOutOf(answer)).toBe('dependency.model-runtime-missing: open-models');
  });

  it('no model is installed, says so', async () => {
    const chat = await openChat({ models: [] });
    const answer = await ask(chat, await beginConversation(chat), 'Hello');
    expect(wayOutOf(answer)).toBe('dependency.chat-model-missing: open-models');
  });

  it('only a model for vectors is installed, says the same', async () => {
    const chat = await openChat({ models: [{ name: 'vectors:latest', capabilities: ['embedding'] }] });
    const answer = await ask(chat, await beginConversation(chat), 'Hello');
    expect(wayOutOf(answer)).toBe('dependency.chat-model-missing: open-models');
  });

  it('the model is too large for the memory, never loads it and gives the figures (complaint 20)', async () => {
    const chat = await openChat({
      models: [{ name: 'huge:latest', sizeBytes: 40_000_000_000 }],
      readMemory: () => ({ totalBytes: 16_000_000_000, availableBytes: 9_000_000_000 }),
    });
    const answer = await ask(chat, await beginConversation(chat), 'Hello');
    expect(wayOutOf(answer)).toBe('dependency.chat-model-too-large: open-models');
    expect(answer.error?.userMessage).toContain('this computer has 16.0 GB');
    expect(chat.runtime.asked).toEqual([]);
  });

  it('the memory is taken by other programs, takes a smaller context before it gives up', async () => {
    const chat = await openChat({
      models: [{ name: 'medium:latest', sizeBytes: 4_000_000_000, contextTokens: 8192 }],
      readMemory: () => ({ totalBytes: 16_000_000_000, availableBytes: 4_558_000_000 }),
    });
    const answer = await ask(chat, await beginConversation(chat), 'Hello');
    expect(answer.state).toBe('done');
    expect(answer.context?.contextTokens).toBeLessThan(8192);
    expect(answer.context?.modelContextTokens).toBe(8192);
  });

  it('the runtime itself finds the memory too small, says the same as if it had been seen before', async () => {
    const chat = await openChat();
    chat.runtime.answerWith((reply) =>
      reply.refuse(500, 'model requires more system memory (9.1 GiB) than is available (2.0 GiB)'),
    );
    const answer = await ask(chat, await beginConversation(chat), 'Hello');
    expect(wayOutOf(answer)).toBe('dependency.chat-model-too-large: open-models');
  });

  it('the runtime dies in the middle, keeps the words and answers again once it is back', async () => {
    const chat = await openChat();
    const conversationId = await beginConversation(chat);
    let messageId = '';
    chat.runtime.answerWith(async (reply) => {
      reply.say('Half of it');
      await until(async () => (await readMessage(chat, conversationId, messageId)).text !== '');
      reply.breakOff();
    });
    messageId = await say(chat, conversationId, 'Hello');
    const answer = await ended(chat, conversationId, messageId);
    expect(answer).toMatchObject({ state: 'failed', text: 'Half of it' });
    expect(wayOutOf(answer)).toBe('dependency.model-runtime-stopped: retry');

    chat.runtime.answerWith((reply) => {
      reply.say(', and the rest.');
      reply.end();
    });
    valueOf(await chat.client.commands.continueAnswer({ messageId: answer.messageId }));
    expect(await ended(chat, conversationId, answer.messageId)).toMatchObject({
      state: 'done',
      text: 'Half of it, and the rest.',
    });
  });

  it('the runner of the model dies, says the same', async () => {
    const chat = await openChat();
    chat.runtime.answerWith((reply) => {
      reply.say('Half');
      reply.raw('{"error":"an error was encountered while running the model: unexpected EOF"}\n');
    });
    const answer = await ask(chat, await beginConversation(chat), 'Hello');
    expect(answer.text).toBe('Half');
    expect(wayOutOf(answer)).toBe('dependency.model-runtime-stopped: retry');
  });

  it('the stream ends without its end, does not pass for a whole one', async () => {
    const chat = await openChat();
    chat.runtime.answerWith((reply) => {
      reply.say('Looks whole.');
      reply.finish();
    });
    const answer = await ask(chat, await beginConversation(chat), 'Hello');
    expect(answer).toMatchObject({ state: 'failed', text: 'Looks whole.' });
    expect(wayOutOf(answer)).toBe('dependency.model-runtime-stopped: retry');
  });

  it.each(['not json\n', '{"message": 7}\n', '{"unexpected": true}\n'])(
    'the runtime sends rubbish (%j), leaves no hole in the text',
    async (rubbish) => {
      const chat = await openChat();
      chat.runtime.answerWith((reply) => {
        reply.say('Before');
        reply.raw(rubbish);
        reply.say('after');
        reply.end();
      });
      const answer = await ask(chat, await beginConversation(chat), 'Hello');
      expect(answer).toMatchObject({ state: 'failed', text: 'Before' });
      expect(wayOutOf(answer)).toBe('dependency.model-reply-malformed: retry');
    },
  );

  it('the runtime falls silent for ever, ends after a while', async () => {
    const chat = await openChat({ longestSilenceMs: 3_000 });
    chat.runtime.answerWith((reply) => reply.say('One moment'));
    const answer = await ask(chat, await beginConversation(chat), 'Hello');
    expect(answer).toMatchObject({ state: 'failed', text: 'One moment' });
    expect(wayOutOf(answer)).toBe('dependency.model-runtime-silent: retry');
    await until(() => chat.runtime.openCount() === 0);
  });

  it('the runtime is only slow, waits for it', async () => {
    const chat = await openChat({ longestSilenceMs: 60_000 });
    let words = 4;
    chat.runtime.answerWith((reply) => {
      const timer = setInterval(() => {
        if (words > 0) reply.say('slow ');
        else {
          clearInterval(timer);
          reply.end();
        }
        words -= 1;
      }, 150);
    });
    const answer = await ask(chat, await beginConversation(chat), 'Hello');
    expect(answer).toMatchObject({ state: 'done', text: 'slow slow slow slow ' });
  });

  it('the model is deleted between two messages, takes another one or says so', async () => {
    const chat = await openChat({ models: [{ name: 'one:latest' }, { name: 'two:latest' }] });
    const conversationId = await beginConversation(chat);
    expect((await ask(chat, conversationId, 'Hello')).model).toBe('one:latest');
    chat.runtime.setModels([{ name: 'two:latest' }]);
    expect((await ask(chat, conversationId, 'Hello')).model).toBe('two:latest');
    chat.runtime.setModels([]);
    expect(wayOutOf(await ask(chat, conversationId, 'Hello'))).toBe(
      'dependency.chat-model-missing: open-models',
    );
  });

  it('the model is deleted while it answers, keeps the words', async () => {
    const chat = await openChat();
    chat.runtime.answerWith((reply) => {
      reply.say('Half');
      chat.runtime.setModels([]);
      reply.breakOff();
    });
    const answer = await ask(chat, await beginConversation(chat), 'Hello');
    expect(answer.state).toBe('failed');
    expect(wayOutOf(answer)).toBe('dependency.model-runtime-stopped: retry');
  });

  it('it fills all the room that there is, says so and can go on', async () => {
    const chat = await openChat();
    chat.runtime.answerWith((reply) => {
      reply.say('A long');
      reply.end('length');
    });
    const answer = await ask(chat, await beginConversation(chat), 'Hello');
    expect(answer).toMatchObject({ state: 'stopped', text: 'A long' });
    expect(wayOutOf(answer)).toBe('dependency.answer-cut-off: retry');
  });
});

describe('without any runtime', () => {
  it('everything else answers: the library, the conversations, the list of models', async () => {
    const { client } = await startTestApi();
    expect(codeOf(await client.commands.searchLibrary({}))).toBe('ok');
    expect(codeOf(await client.commands.readStatus({}))).toBe('ok');
    expect(codeOf(await client.commands.listConversations({}))).toBe('ok');
    const models = valueOf(await client.commands.listChatModels({}));
    expect(models.runtime.isReady).toBe(false);
    expect(models.models.length).toBeGreaterThan(5);
    expect(models.chosen).toEqual({ chat: null, describe: null, ideas: null });
  });

  it('an answer that was begun ends when the runtime is killed for good, and the next one says why', async () => {
    const chat = await openChat();
    chat.runtime.answerWith((reply) => reply.say('Half'));
    const conversationId = await beginConversation(chat);
    const messageId = await say(chat, conversationId, 'Hello');
    await until(async () => (await readMessage(chat, conversationId, messageId)).text === 'Half');
    await chat.runtime.kill();
    expect(await ended(chat, conversationId, messageId)).toMatchObject({ state: 'failed', text: 'Half' });
    const next = await ask(chat, conversationId, 'Hello');
    expect(wayOutOf(next)).toBe('dependency.model-runtime-missing: open-models');
  });
});
