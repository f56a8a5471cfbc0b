import { describe, expect, it } from 'vitest';
import { chordOf, isControlKey, type KeyPress } from './chord.ts';

const press = (key: string, change: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...change,
});

describe('chords', () => {
  it('name the main modifier the same on every system', () => {
    expect(chordOf(press('k', { metaKey: true }), true)).toBe('mod+k');
    expect(chordOf(press('k', { ctrlKey: true }), false)).toBe('mod+k');
    expect(chordOf(press('k', { metaKey: true }), false)).toBe('other+k');
  });

  it('keep shift for letters and arrows, and leave it out for signs', () => {
    expect(chordOf(press('J', { shiftKey: true }), false)).toBe('shift+j');
    expect(chordOf(press('ArrowDown', { shiftKey: true }), false)).toBe('shift+arrowdown');
    expect(chordOf(press('?', { shiftKey: true }), false)).toBe('?');
  });

  it('give the space bar a name', () => {
    expect(chordOf(press(' '), false)).toBe('space');
  });

  it('know which keys belong to a focused control', () => {
    expect(isControlKey('space')).toBe(true);
    expect(isControlKey('arrowleft')).toBe(true);
    expect(isControlKey('a')).toBe(false);
  });
});
