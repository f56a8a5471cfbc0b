import type { RunTurn } from '../chat/answer-turn.ts';
import type { Boundary } from '../boundary/execute.ts';
import type { CommandServices } from '../commands/services.ts';
import { createAgent } from './run-agent-turn.ts';

/** The assistant of the conversations. All it does goes through the boundary, as the principal `assistant`. */
export function createAssistant(services: CommandServices, boundary: Pick<Boundary, 'execute'>): RunTurn {
  const { messages, conversations, localModels, thinkCalls, talk, now, zone } = services;
  return createAgent({
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
}
