import type { ReactNode } from 'react';
import { Toaster, useSonner } from 'sonner';
import { classNames } from '../ui/class-names.ts';
import { narrowWindow, useMediaQuery } from '../ui/media-query.ts';

/**
 * Short messages, where they hide nothing: in the empty part of the sidebar or, where the window is too narrow for one,
 * in a strip below the screen (see `ScreenArea`).
 */
export function Toasts() {
  const isNarrow = useMediaQuery(narrowWindow);
  return (
    <Toaster
      position="bottom-left"
      gap={8}
      offset={isNarrow ? { bottom: 8, left: 68 } : { bottom: 56, left: 12 }}
      visibleToasts={isNarrow ? 1 : 3}
      className={isNarrow ? '![--width:calc(100vw-76px)]' : '![--width:12rem]'}
      closeButton
      toastOptions={{
        classNames: {
          toast: classNames(
            '!items-start !gap-x-2 !rounded-xl !border-line !bg-raised !font-sans !text-sm !text-ink !shadow-pop',
            isNarrow ? '!h-13 !items-center !px-3.5 !py-0' : '!flex-wrap !p-3',
          ),
          icon: '!m-0 !mt-0.5',
          content: isNarrow
            ? '!line-clamp-2 !flex-1 *:!inline'
            : '!min-w-0 !flex-1 !basis-28 !gap-0.5 break-words',
          title: isNarrow ? "after:content-['_']" : '!line-clamp-6 !leading-snug',
          description: classNames('!text-xs !text-ink-soft', !isNarrow && '!line-clamp-4'),
          actionButton: classNames(
            '!rounded-md !bg-accent !font-medium !text-on-accent',
            isNarrow ? '' : '!mt-1 !ml-6',
          ),
          closeButton: '!border-line !bg-raised !text-ink-soft',
          error: '[&_[data-icon]]:!text-bad',
          success: '[&_[data-icon]]:!text-good',
          warning: '[&_[data-icon]]:!text-warn',
        },
      }}
    />
  );
}

/** The screen. In a narrow window it makes room for the strip of a toast while there is one. */
export function ScreenArea({ children }: { children: ReactNode }) {
  const isNarrow = useMediaQuery(narrowWindow);
  const { toasts } = useSonner();
  return (
    <main className={classNames('min-h-0 flex-1', isNarrow && toasts.length > 0 && 'pb-17')}>{children}</main>
  );
}
