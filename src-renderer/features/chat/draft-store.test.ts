import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDraftStore, newConversation } from './draft-store.ts';

const draft = (text: string) => ({ text, assetIds: [] });

describe('unsent text', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is saved with a pause in typing, not with every letter', async () => {
    const save = vi.fn(() => Promise.resolve());
    const store = createDraftStore({ save, pauseMs: 300 });
    store.write('c', draft('H'));
    store.write('c', draft('He'));
    await vi.advanceTimersByTimeAsync(299);
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(save).toHaveBeenCalledExactlyOnceWith('c', draft('He'));
  });

  it('is saved in the order in which it was written, however slow the saving is', async () => {
    const saved: string[] = [];
    const waiting: (() => void)[] = [];
    const save = (_id: string, { text }: { text: string }) =>
      new Promise<void>((resolve) =>
        waiting.push(() => {
          saved.push(text);
          resolve();
        }),
      );
    const store = createDraftStore({ save, pauseMs: 10 });
    store.write('c', draft('one'));
    await vi.advanceTimersByTimeAsync(10);
    store.write('c', draft('two'));
    await vi.advanceTimersByTimeAsync(10);
    expect(waiting).toHaveLength(1);
    waiting.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
    waiting.shift()?.();
    expect(saved).toEqual(['one', 'two']);
  });

  it('waits in the window until there is a conversation for it', async () => {
    const save = vi.fn(() => Promise.resolve());
    const store = createDraftStore({ save, pauseMs: 10 });
    store.write(newConversation, draft('Hello'));
    await vi.advanceTimersByTimeAsync(20);
    expect(save).not.toHaveBeenCalled();
    store.move(newConversation, 'c');
    await vi.advanceTimersByTimeAsync(0);
    expect(save).toHaveBeenCalledExactlyOnceWith('c', draft('Hello'));
    expect(store.read('c')).toEqual(draft('Hello'));
  });

  it('does not come back once it was sent', async () => {
    const save = vi.fn(() => Promise.resolve());
    const store = createDraftStore({ save, pauseMs: 10 });
    store.write('c', draft('Hello'));
    store.clear('c');
    await vi.advanceTimersByTimeAsync(50);
    expect(save).not.toHaveBeenCalled();
    expect(store.read('c')?.text).toBe('');
  });

  it('is seen where it is written until that is left, whatever was made of it meanwhile', () => {
    const store = createDraftStore({ save: () => Promise.resolve(), pauseMs: 10 });
    store.write(newConversation, draft('Hello'));
    store.move(newConversation, 'c');
    expect(store.read(newConversation)).toEqual(draft('Hello'));
    store.write(newConversation, draft('Hello you'));
    expect(store.read('c')).toEqual(draft('Hello you'));
    store.endMove(newConversation);
    expect(store.read(newConversation)).toBeUndefined();
    expect(store.read('c')).toEqual(draft('Hello you'));
  });

  it('stands before what was written since, where it could not be sent', () => {
    const store = createDraftStore({ save: () => Promise.resolve(), pauseMs: 10 });
    store.write('c', { text: 'Hello', assetIds: ['a'] });
    store.clear('c');
    store.write('c', { text: 'And you?', assetIds: ['a', 'b'] });
    store.putBack('c', { text: 'Hello', assetIds: ['a'] });
    expect(store.read('c')).toEqual({ text: 'Hello\nAnd you?', assetIds: ['a', 'b'] });
  });

  it('is settled once nothing of it is being saved', async () => {
    const saving = Promise.withResolvers<null>();
    const save = async () => {
      await saving.promise;
    };
    const store = createDraftStore({ save, pauseMs: 10 });
    store.write('c', draft('Hello'));
    await vi.advanceTimersByTimeAsync(10);
    store.clear('c');
    const settled = vi.fn();
    void store.settle('c').then(settled);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(settled).not.toHaveBeenCalled();
    saving.resolve(null);
    await vi.advanceTimersByTimeAsync(0);
    expect(settled).toHaveBeenCalledOnce();
  });
});
