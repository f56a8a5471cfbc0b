import type { FallbackProps } from 'react-error-boundary';
import { toErrorDto } from './command-error.ts';
import { ErrorNotice } from './error-notice.tsx';

/** Stands in for a screen that broke; the rest of the window goes on. */
export function ScreenError({ error, resetErrorBoundary }: FallbackProps) {
  return (
    <div className="flex h-full items-center justify-center p-8">
      <ErrorNotice error={toErrorDto(error)} retry={resetErrorBoundary} className="max-w-lg" />
    </div>
  );
}
