import { useEffectEvent, useLayoutEffect } from 'react';
import { isMac } from './bridge.ts';
import { chordOf, isControlKey } from './chord.ts';

export type HotkeyBindings = Partial<Record<string, (event: KeyboardEvent) => void>>;

/**
 * Binds chords (see chord.ts) for as long as the component is shown. Plain keys are left to text fields, and to menus
 * and dialogs while they are open; Space, Enter and arrows are left to the control that has the focus.
 */
export function useHotkeys(bindings: HotkeyBindings, isEnabled = true): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const chord = chordOf(event, isMac);
    const action = bindings[chord];
    if (action === undefined || isTakenByTarget(event.target, chord)) return;
    event.preventDefault();
    action(event);
  });
  // With what is shown, not a moment after it: a key that is pressed at once is not lost.
  useLayoutEffect(() => {
    if (!isEnabled) return;
    window.addEventListener('keydown', handle);
    return () => window.removeEventListener('keydown', handle);
  }, [isEnabled]);
}

function isTakenByTarget(target: EventTarget | null, chord: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null) return true;
  if (chord.startsWith('mod+') && !['mod+z', 'mod+shift+z', 'mod+a'].includes(chord)) return false;
  if (target.isContentEditable || target.closest('input, textarea, select') !== null) return true;
  return (
    isControlKey(chord) &&
    target.closest('button, a[href], [role="slider"], [role="tab"], [role="radio"]') !== null
  );
}
