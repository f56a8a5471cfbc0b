import { memo, type ReactNode } from 'react';
import type { Message } from '../../../src-shared/domain/conversation.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { Markdown } from '../../app/markdown.tsx';
import { Button } from '../../ui/button.tsx';
import { AnswerActions } from './answer-actions.tsx';
import { MessageCardView } from './cards/message-card-view.tsx';
import { useLiveText, useThinkProgress } from './chat-state.ts';
import { citationPlugin } from './citation-plugin.ts';
import { citationComponents, Citations, Sources } from './citations.tsx';
import type { MessageActions } from './use-message-actions.ts';

const extraPlugins = [citationPlugin];

interface AnswerProps {
  message: Message;
  isLast: boolean;
  actions: MessageActions;
  onSay: (text: string) => void;
}

/** One answer: its words as they come, its sources and cards, and how it ended. */
export const Answer = memo(function Answer({ message, isLast, actions, onSay }: AnswerProps) {
  const { messageId, state, citations, cards } = message;
  return (
    <article
      aria-label="Answer"
      aria-busy={state === 'streaming'}
      data-message={messageId}
      className="group/message"
    >
      <Citations citations={citations}>
        {state === 'streaming' ? <LiveWords message={message} /> : <Words text={message.text} />}
      </Citations>
      {cards.map((card, index) => (
        <MessageCardView key={`${card.type} ${index}`} card={card} onSay={onSay} />
      ))}
      {state === 'streaming' ? null : <Sources citations={citations} />}
      <Ending message={message} actions={actions} />
      {state === 'streaming' ? (
        <AtWork messageId={messageId} hasWords={message.text !== ''} />
      ) : (
        <AnswerActions message={message} isLast={isLast} actions={actions} />
      )}
    </article>
  );
});

function LiveWords({ message }: { message: Message }) {
  return <Words text={useLiveText(message.messageId, message)} />;
}

function Words({ text }: { text: string }): ReactNode {
  if (text === '') return null;
  return (
    <Markdown
      text={text}
      extraPlugins={extraPlugins}
      extraComponents={citationComponents}
      className="text-[0.9375rem] leading-[1.65]"
    />
  );
}

/** As high as the row of actions that takes its place, so that nothing moves when the answer ends. */
function AtWork({ messageId, hasWords }: { messageId: string; hasWords: boolean }) {
  const progress = useThinkProgress(messageId);
  return (
    <p role="status" className="mt-1.5 flex h-8 items-center gap-2 text-ink-soft">
      <span aria-hidden className="size-1.5 animate-pulse-soft rounded-full bg-accent" />
      {progress ?? (hasWords ? 'Writing…' : 'Thinking…')}
    </p>
  );
}

function Ending({ message, actions }: { message: Message; actions: MessageActions }) {
  const { messageId, state, error, text } = message;
  switch (state) {
    case 'streaming':
    case 'done':
      return null;
    case 'stopped':
      return (
        <p className="mt-2 flex items-center gap-2.5 text-ink-soft">
          {error?.userMessage ?? (text === '' ? 'Stopped.' : 'Stopped. What was written is kept.')}
          <Button size="small" onClick={() => actions.goOn(messageId)}>
            Go on
          </Button>
        </p>
      );
    case 'failed':
      return (
        <div className="mt-3">
          {error === null ? null : <ErrorNotice error={error} retry={() => actions.regenerate(messageId)} />}
          {text === '' ? null : (
            <Button size="small" className="mt-2" onClick={() => actions.goOn(messageId)}>
              Go on where it ended
            </Button>
          )}
        </div>
      );
  }
}
