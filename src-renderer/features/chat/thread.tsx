import { ArrowDown } from 'lucide-react';
import { useEffect } from 'react';
import type { Conversation, UnsentDraft } from '../../../src-shared/domain/conversation.ts';
import { Button } from '../../ui/button.tsx';
import { Answer } from './answer.tsx';
import { PersonMessage, SaidText } from './person-message.tsx';
import { useFollowEnd } from './use-follow-end.ts';
import type { MessageActions } from './use-message-actions.ts';

interface ThreadProps {
  conversation: Conversation;
  /** What was sent a moment ago and is not in the conversation yet. */
  onItsWay: UnsentDraft | null;
  /** The message that a search has found. */
  wantedMessageId: string | undefined;
  actions: MessageActions;
  /** Stays the same between renderings. */
  onSay: (text: string) => void;
}

export function Thread({ conversation, onItsWay, wantedMessageId, actions, onSay }: ThreadProps) {
  const { messages, assets } = conversation;
  const { scrollRef, contentRef, isAway, goToEnd } = useFollowEnd();
  const isSending = onItsWay !== null;
  useEffect(() => {
    if (isSending) goToEnd();
  }, [isSending, goToEnd]);
  useEffect(() => {
    if (wantedMessageId === undefined) return;
    scrollRef.current
      ?.querySelector(`[data-message="${CSS.escape(wantedMessageId)}"]`)
      ?.scrollIntoView({ block: 'center' });
  }, [wantedMessageId, scrollRef]);
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scrollRef}
        tabIndex={0}
        role="region"
        aria-label="Messages"
        className="h-full overflow-y-auto [overflow-anchor:none] -outline-offset-2 [scrollbar-gutter:stable_both-edges]"
      >
        <div ref={contentRef} className="mx-auto flex max-w-3xl flex-col gap-5 px-6 pt-6 pb-4">
          {messages.map((message, index) =>
            message.role === 'person' ? (
              <PersonMessage key={message.messageId} message={message} assets={assets} actions={actions} />
            ) : (
              <Answer
                // All versions of an answer stand in the same place.
                key={message.replyTo ?? message.messageId}
                message={message}
                isLast={index === messages.length - 1}
                actions={actions}
                onSay={onSay}
              />
            ),
          )}
          {onItsWay === null ? null : (
            <div className="flex flex-col items-end pb-7.5">
              <SaidText text={onItsWay.text} isOnItsWay />
            </div>
          )}
        </div>
      </div>
      {isAway ? (
        <Button
          className="absolute bottom-3 left-1/2 -translate-x-1/2 animate-enter rounded-full shadow-pop"
          onClick={goToEnd}
        >
          <ArrowDown /> To the newest
        </Button>
      ) : null}
    </div>
  );
}
