import type { ReactNode } from 'react';
import type { MessageCard } from '../../../../src-shared/domain/message-card.ts';
import { ModeBadge } from '../../../app/mode-badge.tsx';

interface CardFrameProps {
  card: Pick<MessageCard, 'mode' | 'reason'>;
  title: string;
  /** Beside the title, such as a button for all of it. */
  action?: ReactNode;
  children: ReactNode;
}

/** What a command has made of a wish: its mode, what it is, and the thing itself. */
export function CardFrame({ card, title, action, children }: CardFrameProps) {
  return (
    <section
      aria-label={title}
      className="mt-3 overflow-hidden rounded-xl border border-line bg-raised shadow-card"
    >
      <header className="flex min-h-11 items-center gap-2.5 border-b border-line bg-panel/60 px-4 py-1.5">
        <h3 className="min-w-0 flex-1 truncate font-semibold">{title}</h3>
        {action}
        <ModeBadge mode={card.mode} reason={card.reason} />
      </header>
      {children}
    </section>
  );
}
