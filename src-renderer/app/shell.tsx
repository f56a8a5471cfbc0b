import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { Toaster } from 'sonner';
import { LockedBar } from '../features/accounts/locked-bar.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { chooseAndAdd } from './add-media.ts';
import { bridge } from './bridge.ts';
import { CommandPalette } from './command-palette.tsx';
import { DropZone } from './drop-zone.tsx';
import { useHotkeys } from './hotkeys.ts';
import { useLiveUpdates } from './live-updates.tsx';
import { openTarget } from './navigation.ts';
import { placeKey, placePaths } from './places.ts';
import { ScreenError } from './screen-error.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { Sidebar } from './sidebar.tsx';
import { AwayBar } from './status-strip.tsx';
import { useTheme } from './theme.ts';

/** Everything that stays while screens come and go. */
export function Shell() {
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  const [areShortcutsShown, setAreShortcutsShown] = useState(false);
  const navigate = useNavigate();
  const pathname = useLocation({ select: (location) => location.pathname });
  useLiveUpdates();
  useTheme();
  useEffect(() => bridge.onNavigate(openTarget), []);
  useHotkeys({
    'mod+k': () => setIsPaletteOpen(true),
    'mod+o': () => void chooseAndAdd('media-files'),
    'mod+shift+n': () => void navigate({ to: '/compose' }),
    ...Object.fromEntries(
      placePaths.map((path) => [`mod+${placeKey(path)}`, () => void navigate({ to: path })]),
    ),
    'mod+,': () => void navigate({ to: '/settings' }),
    '?': () => setAreShortcutsShown(true),
  });
  return (
    <TooltipProvider delayDuration={500} skipDelayDuration={200}>
      <div className="flex h-full">
        <Sidebar onOpenPalette={() => setIsPaletteOpen(true)} />
        <div className="flex min-w-0 flex-1 flex-col">
          <AwayBar />
          <LockedBar />
          <main className="min-h-0 flex-1">
            <ErrorBoundary FallbackComponent={ScreenError} resetKeys={[pathname]}>
              <Outlet />
            </ErrorBoundary>
          </main>
        </div>
      </div>
      <CommandPalette isOpen={isPaletteOpen} onOpenChange={setIsPaletteOpen} />
      <ShortcutsDialog isOpen={areShortcutsShown} onOpenChange={setAreShortcutsShown} />
      <DropZone />
      <Toaster
        position="bottom-left"
        gap={8}
        // Over the empty part of the sidebar, above the bell: buttons that matter stand right and below.
        offset={{ bottom: 88, left: 12 }}
        closeButton
        toastOptions={{
          classNames: {
            toast: '!bg-raised !text-ink !border-line !shadow-pop !font-sans !rounded-xl !text-sm',
            description: '!text-ink-soft',
            actionButton: '!bg-accent !text-on-accent !rounded-md !font-medium',
            closeButton: '!bg-raised !border-line !text-ink-soft',
            error: '[&_[data-icon]]:!text-bad',
            success: '[&_[data-icon]]:!text-good',
            warning: '[&_[data-icon]]:!text-warn',
          },
        }}
      />
    </TooltipProvider>
  );
}
