import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { AgentOptions, ExecuteAsAssistant } from '../../src-api/agent/agent-types.ts';
import { createAgent } from '../../src-api/agent/run-agent-turn.ts';
import type { OpenModel } from '../../src-node/models/local-models.ts';
import type { MessageCard } from '../../src-shared/domain/message-card.ts';
import { english } from '../../src-api/agent/phrases/english.ts';
import { noModel } from '../eval/scripted-models.ts';
import { createWorld, now, zone } from '../eval/world.ts';

const vagueWish = 'The videos about sourdough, please';

/** One turn of the assistant, with little time. */
async function take(
  wish: string,
  timeCapMs: number,
  change: { localModels?: AgentOptions['localModels']; execute?: ExecuteAsAssistant } = {},
) {
  const cards: MessageCard[] = [];
  let text = '';
  const { note } = await createAgent({
    execute: createWorld().execute,
    localModels: noModel,
    talk: () => Promise.resolve({ note: null }),
    stopThinking: () => undefined,
    now: () => now.toJSDate(),
    readZone: () => zone,
    readConversation: () => ({
      messages: [{ messageId: 'wish', role: 'person', text: wish, cards: [], assetIds: [] }],
      assetIds: [],
      begun: '',
    }),
    timeCapMs,
    ...change,
  })({
    conversationId: 'conversation',
    messageId: 'answer',
    signal: new AbortController().signal,
    emit: {
      text: (delta) => (text += delta),
      sources: () => undefined,
      card: (card) => cards.push(card),
    },
  });
  return { cards, text, note };
}

/** A model that answers nothing until it is no longer waited for. */
function openSilent(supportsTools: boolean, firstCalls: readonly string[] = []): AgentOptions['localModels'] {
  return {
    openModel: (_task, { signal }) => {
      const wait = () =>
        new Promise<never>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        });
      let asked = 0;
      return Promise.resolve({
        name: 'silent',
        contextTokens: 4_096,
        modelContextTokens: 4_096,
        supportsTools,
        ask: wait,
        async *streamChat() {
          const name = firstCalls[asked];
          asked += 1;
          if (name === undefined) await wait();
          else yield { kind: 'tool-call', call: { name, arguments: {} } };
          yield { kind: 'end', isCutOff: false, promptTokens: null, answerTokens: null };
        },
      } satisfies OpenModel);
    },
  };
}

describe('a turn that takes too long', () => {
  it('begins no further part, and the answer says so', async () => {
    const world = createWorld();
    const slowly = (async (command: never, input: never) => {
      if (command === 'look-up') await delay(60);
      return world.execute(command, input);
    }) as ExecuteAsAssistant;
    const { cards, note } = await take('Show my posts. Show my accounts. What is scheduled?', 50, {
      execute: slowly,
    });
    expect(cards.length).toBeLessThan(3);
    expect(note).toMatchObject({
      code: 'dependency.answer-cut-off',
      userMessage: english.cutShort.time,
    });
  });

  it.each([false, true])(
    'waits no longer for a model that does not choose, and the person is asked (native tools: %s)',
    async (supportsTools) => {
      const { cards, text } = await take(vagueWish, 50, { localModels: openSilent(supportsTools) });
      expect(cards.map(({ type }) => type)).toEqual(['question']);
      expect(text).toContain(english.notSure);
    },
    30_000,
  );

  it('keeps what a model with tools has shown, and says that it stopped', async () => {
    const localModels = openSilent(true, ['search-library']);
    const { cards, text } = await take(vagueWish, 500, { localModels });
    expect(cards.map(({ command }) => command)).toEqual(['search-library']);
    expect(text).toContain(english.cutShort.time);
  }, 30_000);
});
