import { toast } from 'sonner';
import type { AppErrorDto } from '../../src-shared/domain/errors.ts';
import { titleOf } from './command-error.ts';
import { openSettings } from './navigation.ts';
import { exitOf } from './way-out.ts';

interface ErrorToastOptions {
  /** What failed, for instance a file name; stands before the title. */
  subject?: string;
  onRetry?: () => void;
}

/** Says what failed, why, and what can be done. Stays until it is closed or acted on. */
export function showError(dto: AppErrorDto, { subject, onRetry }: ErrorToastOptions = {}): void {
  const exit = exitOf(dto);
  const title = titleOf(dto);
  const action =
    exit?.kind === 'settings'
      ? { label: exit.label, onClick: () => openSettings(exit.section) }
      : exit?.handler === 'retry' && onRetry !== undefined
        ? { label: exit.label, onClick: onRetry }
        : undefined;
  toast.error(subject === undefined ? title : `${subject}: ${title.toLowerCase()}`, {
    description: dto.userMessage,
    duration: 12_000,
    ...(action === undefined ? {} : { action }),
  });
}
