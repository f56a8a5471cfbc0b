import { setImmediate } from 'node:timers/promises';
import type { RunTurn } from '../chat/answer-turn.ts';
import type { Boundary } from '../boundary/execute.ts';
import type { CommandServices } from '../commands/services.ts';
import { createAgent } from './run-agent-turn.ts';

/** The assistant of the conversations. All it does goes through the boundary, as the principal `assistant`. */
export function createAssistant(services: CommandServices, boundary: Pick<Boundary, 'execute'>): RunTurn {
  const { messages, conversations, localModels, thinkCalls, talk, now, zone } = services;
  const run = createAgent({
    execute: (command, input, options) =>
      boundary.execute({ kind: 'agent', client: 'assistant' }, 'internal', command, input, options),
    talk: talk.runTurn,
    localModels,
    stopThinking: (callId) => void thinkCalls.stop(callId),
    now,
    readZone: zone,
    readConversation({ conversationId, messageId }) {
      const answer = messages.get(messageId);
      const shown = messages.listCurrent(conversationId);
      const until = shown.findIndex((message) => message.messageId === answer.replyTo);
      const before = until === -1 ? [] : shown.slice(0, until + 1);
      return {
        messages: before,
        assetIds: [
          ...new Set([...conversations.listAssetIds(conversationId), ...(before.at(-1)?.assetIds ?? [])]),
        ],
        begun: answer.text,
      };
    },
  });
  return async (turn) => {
    // Most messages are answered by a model: it is looked for while the message is read, which leaves it no moment of its own.
    const opening = localModels.openModel('chat', { signal: turn.signal });
    opening.catch(() => undefined); // Whoever needs it hears why there is none; who needs none does not.
    await setImmediate();
    return run({ ...turn, opening });
  };
}
