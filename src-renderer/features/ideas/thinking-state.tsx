import { Square } from 'lucide-react';
import type { AppErrorDto } from '../../../src-shared/domain/errors.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { Button } from '../../ui/button.tsx';

/** Why there is less than was asked for. */
export function EndedEarly() {
  return (
    <p role="status" className="mt-2 text-xs text-ink-soft">
      The time was up before the model had written more. Ask again for the rest.
    </p>
  );
}

interface ThinkingStateProps {
  isThinking: boolean;
  progress: string | null;
  error: AppErrorDto | null;
  onStop: () => void;
  onRetry: () => void;
}

/** What a think command is at, or why it did not work. */
export function ThinkingState({ isThinking, progress, error, onStop, onRetry }: ThinkingStateProps) {
  if (isThinking) {
    return (
      <div className="mt-4 flex h-10 items-center gap-2.5 rounded-lg bg-panel pr-1.5 pl-3.5">
        <span aria-hidden className="size-1.5 animate-pulse-soft rounded-full bg-accent" />
        <span role="status" className="min-w-0 flex-1 truncate text-ink-soft">
          {progress ?? 'Thinking…'}
        </span>
        <Button size="small" onClick={onStop}>
          <Square className="size-3! fill-current" /> Stop
        </Button>
      </div>
    );
  }
  return error === null ? null : <ErrorNotice error={error} retry={onRetry} className="mt-4" />;
}
