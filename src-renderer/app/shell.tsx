import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
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
import { ScreenArea, Toasts } from './toasts.tsx';

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
          <ScreenArea>
            <ErrorBoundary FallbackComponent={ScreenError} resetKeys={[pathname]}>
              <Outlet />
            </ErrorBoundary>
          </ScreenArea>
        </div>
      </div>
      <CommandPalette isOpen={isPaletteOpen} onOpenChange={setIsPaletteOpen} />
      <ShortcutsDialog isOpen={areShortcutsShown} onOpenChange={setAreShortcutsShown} />
      <DropZone />
      <Toasts />
    </TooltipProvider>
  );
}
