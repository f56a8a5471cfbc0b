/** What is needed of a keyboard event to know which chord was pressed. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/**
 * A key press as text: "j", "shift+j", "mod+k" (Command on a Mac, else Control), "alt+arrowup", "space", "?".
 * Shift is left out for signs, since it takes part in choosing them.
 */
export function chordOf(press: KeyPress, isMac: boolean): string {
  const key = press.key === ' ' ? 'space' : press.key.toLowerCase();
  const isSign = key.length === 1 && key.toUpperCase() === key;
  const parts: string[] = [];
  if (isMac ? press.metaKey : press.ctrlKey) parts.push('mod');
  if (isMac ? press.ctrlKey : press.metaKey) parts.push('other');
  if (press.altKey) parts.push('alt');
  if (press.shiftKey && !isSign) parts.push('shift');
  return [...parts, key].join('+');
}

/** Keys that a focused control uses itself: activating it, or moving inside of it. */
export function isControlKey(chord: string): boolean {
  return (
    chord === 'space' || chord === 'enter' || chord.startsWith('arrow') || chord === 'home' || chord === 'end'
  );
}
