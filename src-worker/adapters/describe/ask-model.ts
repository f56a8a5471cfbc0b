export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface AskRequest {
  messages: ChatMessage[];
  /** JSON schema that the answer must fit. */
  schema: object;
  /** Room for question and answer together. */
  contextTokens: number;
  /** Room for the answer. */
  answerTokens: number;
}

export interface ModelReply {
  text: string;
  /** The answer did not end by itself. */
  isCutOff: boolean;
}

/** One question to one model. @throws ContextOverflow, or AppError `dependency.chat-model-*` */
export type AskModel = (request: AskRequest) => Promise<ModelReply>;

/** The question is longer than the context: ask with less. */
export class ContextOverflow extends Error {
  override readonly name = 'ContextOverflow';

  constructor(cause?: unknown) {
    super('the prompt does not fit into the context', { cause });
  }
}
