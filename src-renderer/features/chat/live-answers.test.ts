import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createLiveAnswers } from './live-answers.ts';

function makeAnswers() {
  const onMissed = vi.fn();
  const answers = createLiveAnswers({ onMissed, schedule: (notify) => notify() });
  const take = (sequence: number, textDelta: string) =>
    answers.takeDelta({ conversationId: 'c', messageId: 'm', textDelta, sequence });
  return { answers, onMissed, take };
}

describe('an answer in the making', () => {
  it('grows with every delta', () => {
    const { answers, onMissed, take } = makeAnswers();
    answers.takeSaved('m', { text: '', sequence: 0 });
    take(1, 'One ');
    take(2, 'two');
    expect(answers.read('m')).toEqual({ text: 'One two', sequence: 2 });
    expect(onMissed).not.toHaveBeenCalled();
  });

  it('is read again, once, where a delta was missed, and then goes on behind what was read', () => {
    const { answers, onMissed, take } = makeAnswers();
    answers.takeSaved('m', { text: 'a', sequence: 1 });
    take(3, 'c');
    take(4, 'd');
    expect(answers.read('m')?.text).toBe('a');
    expect(onMissed).toHaveBeenCalledExactlyOnceWith('c');
    answers.takeSaved('m', { text: 'abc', sequence: 3 });
    expect(answers.read('m')).toEqual({ text: 'abcd', sequence: 4 });
  });

  it('asks for its beginning where listening began in the middle', () => {
    const { answers, onMissed, take } = makeAnswers();
    take(7, 'g');
    expect(answers.read('m')).toBeNull();
    expect(onMissed).toHaveBeenCalledOnce();
  });

  it('goes on behind its former words where it was taken up again, with numbers from the beginning', () => {
    const { answers, take } = makeAnswers();
    answers.takeSaved('m', { text: 'Once', sequence: 4 });
    answers.forget('m');
    take(1, ' upon');
    expect(answers.read('m')).toBeNull();
    answers.takeSaved('m', { text: 'Once upon', sequence: 1 });
    take(2, ' a time');
    expect(answers.read('m')?.text).toBe('Once upon a time');
  });

  it('does not go back where what was read is older than what came', () => {
    const { answers, take } = makeAnswers();
    answers.takeSaved('m', { text: '', sequence: 0 });
    take(1, 'a');
    take(2, 'b');
    answers.takeSaved('m', { text: 'a', sequence: 1 });
    expect(answers.read('m')?.text).toBe('ab');
  });

  it('is the same whatever order deltas and readings come in, and however often', () => {
    const words = ['a', 'b', 'c', 'd', 'e', 'f'];
    const step = fc.oneof(
      fc.record({ kind: fc.constant('delta' as const), sequence: fc.integer({ min: 1, max: words.length }) }),
      fc.record({ kind: fc.constant('saved' as const), sequence: fc.integer({ min: 1, max: words.length }) }),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { answers, take } = makeAnswers();
        for (const { kind, sequence } of steps) {
          if (kind === 'delta') take(sequence, words[sequence - 1] ?? '');
          else answers.takeSaved('m', { text: words.slice(0, sequence).join(''), sequence });
          const known = answers.read('m');
          if (known !== null) expect(known.text).toBe(words.slice(0, known.sequence).join(''));
        }
        answers.takeSaved('m', { text: words.join(''), sequence: words.length });
        expect(answers.read('m')?.text).toBe(words.join(''));
      }),
    );
  });
});
