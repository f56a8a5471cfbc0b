/** What of an answer has come, up to and with the delta of that number. */
export interface AnswerText {
  text: string;
  sequence: number;
}

export interface AnswerDelta {
  conversationId: string;
  messageId: string;
  textDelta: string;
  sequence: number;
}

interface Answer {
  /** Null until it was read once: even the first delta may go on behind words that were there before. */
  known: AnswerText | null;
  /** Deltas that came before what stands in front of them. */
  waiting: Map<number, string>;
}

interface LiveAnswersOptions {
  /** Deltas were missed: the conversation has to be read again. */
  onMissed: (conversationId: string) => void;
  /** When listeners are told, for instance with the next frame: deltas may come more often than anybody can see. */
  schedule: (notify: () => void) => void;
}

export interface LiveAnswers {
  takeDelta: (delta: AnswerDelta) => void;
  /** What a conversation that was read says of an answer in the making. */
  takeSaved: (messageId: string, saved: AnswerText) => void;
  read: (messageId: string) => AnswerText | null;
  /** It has ended. Should it be gone on with, its deltas are counted from the beginning again. */
  forget: (messageId: string) => void;
  subscribe: (listener: () => void) => () => void;
}

/** Answers that are being written, put together from what was read of them and the deltas since. */
export function createLiveAnswers({ onMissed, schedule }: LiveAnswersOptions): LiveAnswers {
  const answers = new Map<string, Answer>();
  const listeners = new Set<() => void>();
  let isScheduled = false;

  const answerOf = (messageId: string): Answer => {
    const answer = answers.get(messageId) ?? { known: null, waiting: new Map<number, string>() };
    answers.set(messageId, answer);
    return answer;
  };
  const notify = () => {
    if (isScheduled) return;
    isScheduled = true;
    schedule(() => {
      isScheduled = false;
      for (const listener of listeners) listener();
    });
  };
  return {
    takeDelta({ conversationId, messageId, textDelta, sequence }) {
      const answer = answerOf(messageId);
      if (answer.known !== null && sequence <= answer.known.sequence) return;
      const wasWhole = answer.waiting.size === 0;
      answer.waiting.set(sequence, textDelta);
      joinWaiting(answer);
      // Once is enough: what is read next contains all that was missed.
      if (wasWhole && answer.waiting.size > 0) onMissed(conversationId);
      notify();
    },
    takeSaved(messageId, saved) {
      const answer = answerOf(messageId);
      if (answer.known !== null && answer.known.sequence >= saved.sequence) return;
      answer.known = saved;
      for (const sequence of [...answer.waiting.keys()])
        if (sequence <= saved.sequence) answer.waiting.delete(sequence);
      joinWaiting(answer);
      notify();
    },
    read: (messageId) => answers.get(messageId)?.known ?? null,
    forget: (messageId) => {
      answers.delete(messageId);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function joinWaiting(answer: Answer): void {
  if (answer.known === null) return;
  let { text, sequence } = answer.known;
  for (;;) {
    const next = answer.waiting.get(sequence + 1);
    if (next === undefined) break;
    sequence += 1;
    text += next;
    answer.waiting.delete(sequence);
  }
  if (sequence > answer.known.sequence) answer.known = { text, sequence };
}
