import { CalendarCheck, MessageCircle, Repeat } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { Mode } from '../../src-shared/contract/define-command.ts';
import { classNames } from '../ui/class-names.ts';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';

// The page with its Markdown is read only when it is wanted.
const ThreeModesDialog = lazy(async () => ({
  default: (await import('./three-modes-dialog.tsx')).ThreeModesDialog,
}));

interface ModeWords {
  title: string;
  icon: ReactNode;
  what: string;
  classes: string;
}

export const modeWords: Record<Mode, ModeWords> = {
  think: {
    title: 'Think',
    icon: <MessageCircle />,
    what: 'Answered here and now. It looks and suggests; nothing outside of the conversation changes.',
    classes: 'bg-pressed text-ink-soft hover:text-ink',
  },
  commit: {
    title: 'Commit',
    icon: <CalendarCheck />,
    what: 'Something real will happen, so it is written down first and kept through every restart.',
    classes: 'bg-accent-soft text-accent hover:text-accent-strong',
  },
  loop: {
    title: 'Loop',
    icon: <Repeat />,
    what: 'It goes on by itself, day after day, until it is paused or stopped.',
    classes: 'bg-good-soft text-good',
  },
};

const modes = Object.keys(modeWords) as Mode[];

interface ModeBadgeProps {
  mode: Mode;
  /** Why this was done in this mode, in a sentence. */
  reason?: string;
}

/** Says in which of the three modes something is done; opens to what the modes are. */
export function ModeBadge({ mode, reason }: ModeBadgeProps) {
  const { title, icon, classes } = modeWords[mode];
  const [isOpen, setIsOpen] = useState(false);
  const [isPageOpen, setIsPageOpen] = useState(false);
  return (
    <>
      <Popover
        label="The three modes"
        className="w-84 p-2"
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        trigger={
          <button
            type="button"
            aria-label={`${title} mode. What does that mean?`}
            className={classNames(
              'inline-flex h-5 shrink-0 items-center gap-1 rounded px-1.5 text-2xs font-medium whitespace-nowrap transition-colors [&_svg]:size-3',
              classes,
            )}
          >
            {icon} {title}
          </button>
        }
      >
        {reason === undefined ? null : (
          <p className="mb-1 border-b border-line px-2.5 pt-1.5 pb-3 text-ink">{reason}</p>
        )}
        <ul>
          {modes.map((each) => (
            <li
              key={each}
              {...(each === mode ? { 'aria-current': 'true' as const } : {})}
              className="flex gap-3 rounded-lg px-2.5 py-2 aria-[current=true]:bg-panel"
            >
              <span className="mt-0.5 text-ink-soft [&_svg]:size-4">{modeWords[each].icon}</span>
              <span className="min-w-0 flex-1">
                <span className="block font-semibold">{modeWords[each].title}</span>
                <span className="block text-xs text-ink-soft">{modeWords[each].what}</span>
              </span>
            </li>
          ))}
        </ul>
        <div className="mt-1 border-t border-line pt-1.5">
          <Button
            look="ghost"
            size="small"
            className="w-full"
            onClick={() => {
              setIsOpen(false);
              setIsPageOpen(true);
            }}
          >
            Three modes, and why
          </Button>
        </div>
      </Popover>
      {isPageOpen ? (
        <Suspense>
          <ThreeModesDialog onClose={() => setIsPageOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
