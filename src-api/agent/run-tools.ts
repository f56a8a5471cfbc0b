import { z } from 'zod';
import type { OpenModel } from '../../src-node/models/local-models.ts';
import type { ChatMessage, ToolCall, ToolOffer } from '../../src-node/models/model-types.ts';
import { quoteMaterial } from '../../src-node/models/quote-material.ts';
import { commandDefinition } from '../../src-shared/contract/registry.ts';
import type { TurnContext } from './agent-types.ts';
import { runThinking } from './think-step.ts';
import { readClauses } from './understand/clauses.ts';
import { findNames } from './understand/names.ts';
import { separateMaterial } from './understand/separate-material.ts';
import type { ThinkCommand } from './understand/think-rules.ts';

const answerTokens = 500;
const stepCap = 4;

/**
 * Lets a model with native tool calling use the think commands of the short list. What it may choose is which; what
 * goes into them is read from the person's words like always. Ends after a few steps, and at once when a tool is
 * wanted a second time.
 */
export async function runTools(
  wish: string,
  guesses: readonly ThinkCommand[],
  model: OpenModel,
  context: TurnContext,
): Promise<'done' | 'talk'> {
  const messages: ChatMessage[] = [
    {
      role: 'system',
      content:
        'You help a creator. Use one of the tools if it answers what is said between the tags; otherwise answer with the word TALK.',
    },
    { role: 'user', content: `<said>\n${quoteMaterial(wish.slice(0, 1_000))}\n</said>` },
  ];
  const used = new Set<string>();
  for (let step = 0; step < stepCap; step += 1) {
    let calls: ToolCall[];
    try {
      calls = await readCalls(model, messages, guesses);
    } catch (thrown) {
      context.turn.signal.throwIfAborted();
      // With nothing shown yet, the person is asked instead.
      if (!context.timeCap.aborted || used.size === 0) throw thrown;
      context.say(context.phrases.cutShort.time);
      return 'done';
    }
    const call = calls.find(({ name }) => guesses.includes(name as ThinkCommand));
    if (call === undefined) return used.size === 0 ? 'talk' : 'done';
    if (used.has(call.name)) {
      context.say(context.phrases.shownAlready);
      return 'done';
    }
    used.add(call.name);
    const [clause] = readClauses(separateMaterial(wish), context.language);
    if (clause === undefined) return 'talk';
    const command = call.name as ThinkCommand;
    await runThinking(
      { mode: 'think', command, subject: undefined, clause, named: findNames(clause, context.names) },
      context,
    );
    messages.push(
      { role: 'assistant', content: '', toolCalls: [call] },
      { role: 'tool', toolName: call.name, content: 'It is shown to the person.' },
    );
  }
  context.say(context.phrases.stoppedAfterSteps(stepCap));
  return 'done';
}

async function readCalls(
  model: OpenModel,
  messages: ChatMessage[],
  guesses: readonly ThinkCommand[],
): Promise<ToolCall[]> {
  const calls: ToolCall[] = [];
  for await (const part of model.streamChat({ messages, answerTokens, tools: guesses.map(toOffer) })) {
    if (part.kind === 'tool-call') calls.push(part.call);
    if (part.kind === 'end') break;
  }
  return calls;
}

function toOffer(command: ThinkCommand): ToolOffer {
  const { description, input } = commandDefinition(command);
  const parameters = { ...z.toJSONSchema(input, { io: 'input' }), $schema: undefined };
  return { name: command, description, parameters };
}
