import { describe, expect, it } from 'vitest';
import type { AgentOptions, ExecuteAsAssistant } from '../../src-api/agent/agent-types.ts';
import { createAgent } from '../../src-api/agent/run-agent-turn.ts';
import type { OpenModel } from '../../src-node/models/local-models.ts';
import type { MessageCard } from '../../src-shared/domain/message-card.ts';
import { english } from '../../src-api/agent/phrases/english.ts';
import { noModel } from '../eval/scripted-models.ts';
import { createWorld, now, zone } from '../eval/world.ts';

const vagueWish = 'The videos about sourdough, please';

/** One turn of the assistant. */
async function take(
  wish: string,
  timeCap: AbortSignal,
  change: { localModels?: AgentOptions['localModels']; execute?: ExecuteAsAssistant },
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
    startTimeCap: () => timeCap,
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

/** A model that makes these calls and then answers nothing; by then the time is up. */
function openSilent(
  timeCap: AbortController,
  supportsTools: boolean,
  firstCalls: readonly string[] = [],
): AgentOptions['localModels'] {
  return {
    openModel: (_task, { signal }) => {
      const wait = () =>
        new Promise<never>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
          timeCap.abort(new Error('the time is up'));
        });
      let askedCount = 0;
      return Promise.resolve({
        name: 'silent',
        contextTokens: 4_096,
        modelContextTokens: 4_096,
        supportsTools,
        ask: wait,
        async *streamChat() {
          const name = firstCalls[askedCount];
          askedCount += 1;
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
    const timeCap = new AbortController();
    const world = createWorld();
    const execute = ((command: never, input: never) => {
      if (command === 'look-up') timeCap.abort();
      return world.execute(command, input);
    }) as ExecuteAsAssistant;
    const wish = 'Show my posts. Show my accounts. What is scheduled?';
    const { cards, note } = await take(wish, timeCap.signal, { execute });
    expect(cards).toHaveLength(1);
    expect(note).toMatchObject({ code: 'dependency.answer-cut-off', userMessage: english.cutShort.time });
  });

  it.each([false, true])(
    'waits no longer for a model that does not choose, and the person is asked (native tools: %s)',
    async (supportsTools) => {
      const timeCap = new AbortController();
      const localModels = openSilent(timeCap, supportsTools);
      const { cards, text } = await take(vagueWish, timeCap.signal, { localModels });
      expect(cards.map(({ type }) => type)).toEqual(['question']);
      expect(text).toContain(english.notSure);
    },
  );

  it('keeps what a model with tools has shown, and says that it stopped', async () => {
    const timeCap = new AbortController();
    const localModels = openSilent(timeCap, true, ['search-library']);
    const { cards, text } = await take(vagueWish, timeCap.signal, { localModels });
    expect(cards.map(({ command }) => command)).toEqual(['search-library']);
    expect(text).toContain(english.cutShort.time);
  });
});
