import type { MessageRepository } from '../../src-data/messages.ts';
import type { Logger } from '../../src-node/logger.ts';
import type { AppEvent } from '../../src-shared/contract/events.ts';
import type { MessageCard } from '../../src-shared/domain/message-card.ts';
import { AppError, toAppError } from '../../src-shared/domain/errors.ts';
import type { RunTurn } from './answer-turn.ts';

/** The answers that are being written in this process. */
export interface Answers {
  /** Begins to write an answer whose row is there, or goes on with one. Ends whatever happens; never throws. */
  begin: (messageId: string) => void;
  /** Ends an answer and waits until the model rests. False where nobody was writing it. */
  stop: (messageId: string) => Promise<boolean>;
  /** What has come so far of an answer that is being written; undefined where nobody writes it. */
  readLive: (messageId: string) => { text: string; sequence: number } | undefined;
  /** At the start of the process: answers that the former one left half written are kept and marked. */
  markInterrupted: () => void;
  /** At the end of the process: the same for those in hand. */
  close: () => Promise<void>;
}

export interface AnswersOptions {
  messages: MessageRepository;
  announce: (event: AppEvent) => void;
  runTurn: RunTurn;
  logger: Logger;
}

/** A crash costs at most the words of this long. */
const saveEveryMs = 1000;

/** Why an answer was ended from outside. */
const stoppedByPerson = Symbol('stopped by the person');
const processEnds = Symbol('the process ends');

interface Running {
  controller: AbortController;
  text: string;
  sequence: number;
  ended: Promise<void>;
}

/**
 * Writes answers, one row each, whoever listens: they go on while the window shows something else or is closed. The
 * row is there from the start, so that no crash leaves a question without a trace of its answer.
 */
export function createAnswers({ messages, announce, runTurn, logger }: AnswersOptions): Answers {
  const running = new Map<string, Running>();

  async function write(messageId: string, answer: Running): Promise<void> {
    const { conversationId } = messages.get(messageId);
    const cards: MessageCard[] = [];
    let saved = answer.text;
    const saving = setInterval(() => {
      if (answer.text === saved) return;
      try {
        messages.saveText(messageId, answer.text);
        saved = answer.text;
      } catch (error) {
        // It is tried again in a second, and the whole text is saved at the end.
        logger.warn({ err: error, messageId }, 'a half-written answer could not be saved');
      }
    }, saveEveryMs);
    const { signal } = answer.controller;
    try {
      const { note } = await runTurn({
        conversationId,
        messageId,
        signal,
        emit: {
          text(textDelta) {
            if (textDelta === '' || signal.aborted) return;
            answer.text += textDelta;
            answer.sequence += 1;
            announce({
              type: 'answer-delta',
              conversationId,
              messageId,
              textDelta,
              sequence: answer.sequence,
            });
          },
          sources: (sources) => messages.saveSources(messageId, sources),
          card(card) {
            cards.push(card);
            messages.saveCards(messageId, cards);
          },
        },
      });
      end(messageId, answer, note === null ? 'done' : 'stopped', note);
    } catch (thrown) {
      if (signal.reason === stoppedByPerson) end(messageId, answer, 'stopped', null);
      else if (signal.reason === processEnds) end(messageId, answer, 'failed', interrupted());
      else {
        const error = toAppError(thrown);
        if (error.code === 'bug') logger.error({ err: thrown, messageId }, 'an answer failed unexpectedly');
        else logger.info({ code: error.code, messageId }, 'an answer ended early');
        end(messageId, answer, 'failed', error);
      }
    } finally {
      clearInterval(saving);
    }
  }

  function end(
    messageId: string,
    { text }: Running,
    state: 'done' | 'stopped' | 'failed',
    error: AppError | null,
  ): void {
    const present = messages.find(messageId);
    if (present === undefined) return; // Deleted with its conversation meanwhile.
    if (state !== 'failed') {
      messages.saveCitations(
        messageId,
        present.citations.map((citation) => ({
          ...citation,
          isNamed: text.includes(`[${citation.number}]`),
        })),
      );
    }
    messages.endAnswer(messageId, { state, text, error: error?.toDto() ?? null });
  }

  function begin(messageId: string): void {
    if (running.has(messageId)) return;
    const answer: Running = {
      controller: new AbortController(),
      text: messages.find(messageId)?.text ?? '',
      sequence: 0,
      ended: Promise.resolve(),
    };
    running.set(messageId, answer);
    answer.ended = write(messageId, answer)
      .catch((error: unknown) => logger.error({ err: error, messageId }, 'an answer could not be ended'))
      .finally(() => running.delete(messageId));
  }

  return {
    begin,

    async stop(messageId) {
      const answer = running.get(messageId);
      if (answer === undefined) return false;
      answer.controller.abort(stoppedByPerson);
      await answer.ended;
      return true;
    },

    readLive(messageId) {
      const answer = running.get(messageId);
      return answer === undefined ? undefined : { text: answer.text, sequence: answer.sequence };
    },

    markInterrupted() {
      for (const { messageId, text } of messages.listStreaming()) {
        messages.endAnswer(messageId, { state: 'failed', text, error: interrupted().toDto() });
      }
    },

    async close() {
      for (const answer of running.values()) answer.controller.abort(processEnds);
      await Promise.all([...running.values()].map((answer) => answer.ended));
    },
  };
}

function interrupted(): AppError {
  return new AppError({
    code: 'dependency.answer-interrupted',
    userMessage:
      'Longhand ended while this was being written. What had come is kept. Go on with the answer, or ask for another one.',
    retry: 'user',
  });
}
