import type { ModelCapability } from '../../src-shared/domain/chat-model.ts';

export interface ToolCall {
  name: string;
  arguments: Record<string, unknown>;
}

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: string;
  /** Of an assistant that wanted tools. */
  toolCalls?: ToolCall[];
  /** Of a tool's answer. */
  toolName?: string;
}

/** A tool as a model sees it; only for models that support tools. */
export interface ToolOffer {
  name: string;
  description: string;
  /** JSON schema of its arguments: an object. */
  parameters: object;
}

export interface ChatRequest {
  messages: ChatMessage[];
  /** Room for question and answer together. */
  contextTokens: number;
  /** Room for the answer. */
  answerTokens: number;
  /** JSON schema that the answer must fit. */
  schema?: object;
  tools?: ToolOffer[];
  /** 0, the default, gives the same answer to the same question. */
  temperature?: number;
}

/** What comes of an answer, piece by piece; `end` comes last, once. */
export type ChatPart =
  | { kind: 'text'; textDelta: string }
  | { kind: 'tool-call'; call: ToolCall }
  | {
      kind: 'end';
      /** The answer did not end by itself: there was no more room for it. */
      isCutOff: boolean;
      promptTokens: number | null;
      answerTokens: number | null;
    };

export interface InstalledModel {
  name: string;
  sizeBytes: number;
  parameterSize: string | null;
  /** Changes with the content. */
  digest: string;
}

/** What a model says of itself. */
export interface ModelFacts {
  /** How much it can take at most. */
  contextTokens: number;
  capabilities: ModelCapability[];
  /** Memory that each token of the context takes. */
  contextBytesPerToken: number;
}

/** What has to be known of a model before it is asked. */
export interface ModelToAsk {
  name: string;
  /** Models that think aloud first are asked not to: nobody waits for minutes. */
  isThinker: boolean;
}

export interface LoadedModel {
  name: string;
  /** The context it was loaded with; null where the runtime does not say. */
  contextTokens: number | null;
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

/** One question to one model. @throws ContextOverflow, or AppError `dependency.*` */
export type AskModel = (request: AskRequest) => Promise<ModelReply>;

/** The question is longer than the context: ask with less. */
export class ContextOverflow extends Error {
  override readonly name = 'ContextOverflow';

  constructor(cause?: unknown) {
    super('the prompt does not fit into the context', { cause });
  }
}
