import type { OpenModel } from '../../src-node/models/local-models.ts';
import type { Citation, ContextMeter } from '../../src-shared/domain/conversation.ts';
import type { AppError } from '../../src-shared/domain/errors.ts';
import type { MessageCard } from '../../src-shared/domain/message-card.ts';

/** Where an answer goes while it is made. Everything given is kept, and listeners hear the words at once. */
export interface AnswerSink {
  text: (textDelta: string) => void;
  /** What the answer is made from; before the first word. */
  sources: (sources: { model: string; citations: Citation[]; context: ContextMeter }) => void;
  card: (card: MessageCard) => void;
}

/** One answer to one message. Its row is there; what was written of it before is in there too. */
export interface AnswerTurn {
  conversationId: string;
  messageId: string;
  /** Aborted when the person stops the answer, or the process ends. */
  signal: AbortSignal;
  /** The model that would answer in words, where somebody began to look for it already. */
  opening?: Promise<OpenModel>;
  emit: AnswerSink;
}

/** `note`: why the answer is not complete although nothing failed; null where it is. */
export interface TurnOutcome {
  note: AppError | null;
}

/** Makes an answer. What it throws is shown with the answer, and what came before is kept. */
export type RunTurn = (turn: AnswerTurn) => Promise<TurnOutcome>;
