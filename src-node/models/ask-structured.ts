import { z } from 'zod';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { AskModel, ChatMessage, ModelReply } from './model-types.ts';

export interface StructuredQuestion<Schema extends z.ZodType> {
  schema: Schema;
  messages: ChatMessage[];
  contextTokens: number;
  answerTokens: number;
}

/**
 * Asks for an answer of a given form. One that does not fit is sent back once, with what is wrong with it; then it is a
 * failure.
 * @throws AppError `dependency.chat-model-failed`; whatever `ask` throws
 */
export async function askStructured<Schema extends z.ZodType>(
  ask: AskModel,
  question: StructuredQuestion<Schema>,
): Promise<z.output<Schema>> {
  const { schema, messages, contextTokens, answerTokens } = question;
  const jsonSchema = toJsonSchema(schema);
  const first = await ask({ messages, schema: jsonSchema, contextTokens, answerTokens });
  const read = readReply(schema, first);
  if (read.ok) return read.value;

  const second = await ask({
    messages: [...messages, ...repairMessages(first, read.problem)],
    schema: jsonSchema,
    contextTokens,
    answerTokens,
  });
  const repaired = readReply(schema, second);
  if (repaired.ok) return repaired.value;
  throw new AppError({
    code: 'dependency.chat-model-failed',
    userMessage:
      'The local model gave no usable answer, twice. What you have is kept. Try again, or choose a larger model under Settings, Models.',
    retry: 'user',
    details: { problem: repaired.problem, replyStart: second.text.slice(0, 200) },
  });
}

type ReadReply<Value> = { ok: true; value: Value } | { ok: false; problem: string };

function readReply<Schema extends z.ZodType>(schema: Schema, reply: ModelReply): ReadReply<z.output<Schema>> {
  let json: unknown;
  try {
    json = JSON.parse(reply.text);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: reply.isCutOff ? `it was too long and was cut off (${problem})` : problem };
  }
  const parsed = schema.safeParse(json);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: z.prettifyError(parsed.error) };
}

/** How much of a failed reply goes back with the complaint. The question was measured with this much to spare. */
export const quotedReplyCharacters = 600;

function repairMessages(reply: ModelReply, problem: string): ChatMessage[] {
  return [
    { role: 'assistant', content: reply.text.slice(0, quotedReplyCharacters) },
    {
      role: 'user',
      content: `That answer does not fit: ${problem.slice(0, 300)}. Answer again, shorter, with JSON of the required form only.`,
    },
  ];
}

/** As the runtime takes it: without the reference to the standard, which some of its versions stumble over. */
function toJsonSchema(schema: z.ZodType): object {
  return { ...z.toJSONSchema(schema, { io: 'input' }), $schema: undefined };
}
