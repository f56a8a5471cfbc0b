import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { UnsentDraft } from '../../../src-shared/domain/conversation.ts';
import { bridge } from '../../app/bridge.ts';
import { callPatiently, commandQuery } from '../../app/command-data.ts';
import { isAway, toErrorDto } from '../../app/command-error.ts';
import { createDraftStore } from './draft-store.ts';
import { createLiveAnswers, type AnswerText } from './live-answers.ts';

const typingPauseMs = 350;

/** Unsent text of all conversations, for as long as the window lives. */
export const drafts = createDraftStore({ save: saveDraft, pauseMs: typingPauseMs });

async function saveDraft(conversationId: string, draft: UnsentDraft): Promise<void> {
  try {
    await callPatiently('saveUnsentDraft', { conversationId, ...draft });
  } catch (thrown) {
    // While the api process is away the text waits here; a conversation that was deleted needs no draft.
    if (isAway(toErrorDto(thrown))) drafts.write(conversationId, drafts.read(conversationId) ?? draft);
  }
}

window.addEventListener('pagehide', () => drafts.flush());

export function useDraft(key: string): UnsentDraft | undefined {
  return useSyncExternalStore(drafts.subscribe, () => drafts.read(key));
}

let reread: (conversationId: string) => void = () => undefined;

const liveAnswers = createLiveAnswers({
  onMissed: (conversationId) => reread(conversationId),
  schedule: requestAnimationFrame,
});

/** What thinking is at, by the id of the call or of the answer. */
const progress = new Map<string, string>();
const progressListeners = new Set<() => void>();

// Listening begins with the first screen that shows answers and does not end: answers go on while one looks elsewhere.
bridge.onEvent((event) => {
  if (event.type === 'answer-delta') liveAnswers.takeDelta(event);
  if (event.type === 'think-progress') {
    progress.set(event.callId, event.text);
    for (const listener of progressListeners) listener();
  }
});

function subscribeToProgress(listener: () => void): () => void {
  progressListeners.add(listener);
  return () => progressListeners.delete(listener);
}

/** What a think command that runs says of itself. */
export function useThinkProgress(callId: string): string | null {
  return useSyncExternalStore(subscribeToProgress, () => progress.get(callId) ?? null);
}

/** Lets missed deltas be made up for by reading the conversation again. */
export function useRereading(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    reread = (conversationId) =>
      void queryClient.invalidateQueries({
        queryKey: commandQuery('readConversation', { conversationId }).queryKey,
      });
  }, [queryClient]);
}

/** The text of an answer that is being written: what was read of it, and what came since. */
export function useLiveText(messageId: string, saved: AnswerText): string {
  useEffect(() => liveAnswers.takeSaved(messageId, saved), [messageId, saved]);
  useEffect(() => () => liveAnswers.forget(messageId), [messageId]);
  const live = useSyncExternalStore(liveAnswers.subscribe, () => liveAnswers.read(messageId));
  return live !== null && live.sequence >= saved.sequence ? live.text : saved.text;
}
