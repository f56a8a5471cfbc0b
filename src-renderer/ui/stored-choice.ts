import { useState } from 'react';

/** A choice of how a screen looks, kept on this machine between runs. */
export function useStoredChoice<Choice extends string>(
  key: string,
  choices: readonly Choice[],
  fallback: Choice,
): [Choice, (choice: Choice) => void] {
  const [choice, setChoice] = useState(() => {
    const stored = localStorage.getItem(key);
    return choices.find((candidate) => candidate === stored) ?? fallback;
  });
  return [
    choice,
    (next) => {
      setChoice(next);
      localStorage.setItem(key, next);
    },
  ];
}
