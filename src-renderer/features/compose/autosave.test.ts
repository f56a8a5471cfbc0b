import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAutosave, type Autosave } from './autosave.ts';

const pauseMs = 500;

describe('what is written', () => {
  let saved: string[];
  let saves: PromiseWithResolvers<null>[];
  let autosave: Autosave<string>;
  let leave: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    saved = [];
    saves = [];
    autosave = createAutosave({ first: '', pauseMs });
    leave = autosave.open(async (text) => {
      const save = Promise.withResolvers<null>();
      saves.push(save);
      await save.promise;
      saved.push(text);
    });
  });
  afterEach(() => void vi.useRealTimers());

  const finish = async (index: number) => {
    saves[index]?.resolve(null);
    await vi.advanceTimersByTimeAsync(0);
  };

  it('is saved a moment after the last change', async () => {
    autosave.write('R', true);
    await vi.advanceTimersByTimeAsync(pauseMs - 1);
    autosave.write('Rain', true);
    await vi.advanceTimersByTimeAsync(pauseMs - 1);
    expect(saves).toHaveLength(0);
    expect(autosave.read()).toBe('changed');
    await vi.advanceTimersByTimeAsync(1);
    expect(autosave.read()).toBe('saving');
    await finish(0);
    expect([saved, autosave.read()]).toEqual([['Rain'], 'saved']);
  });

  it('while a save is under way is saved after it, a moment later, or at once where the screen is left', async () => {
    autosave.write('Rain', true);
    await vi.advanceTimersByTimeAsync(pauseMs);
    autosave.write('Rain on', true);
    await vi.advanceTimersByTimeAsync(3 * pauseMs);
    expect(saves).toHaveLength(1);
    await finish(0);
    await vi.advanceTimersByTimeAsync(pauseMs);
    autosave.write('Rain on the roof', true);
    leave();
    await finish(1);
    await finish(2);
    expect(saved).toEqual(['Rain', 'Rain on', 'Rain on the roof']);
  });

  it('is saved once, however often the screen is left', async () => {
    autosave.write('Rain', true);
    leave();
    leave();
    await finish(0);
    await vi.advanceTimersByTimeAsync(10 * pauseMs);
    expect(saved).toEqual(['Rain']);
    expect(saves).toHaveLength(1);
  });

  it('that could not be saved is tried again for as long as it is open, and says so', async () => {
    autosave.write('Rain', true);
    await vi.advanceTimersByTimeAsync(pauseMs);
    saves[0]?.reject(new Error('the disk is full'));
    await vi.advanceTimersByTimeAsync(0);
    expect(autosave.read()).toBe('failed');
    await vi.advanceTimersByTimeAsync(pauseMs);
    await finish(1);
    expect([saved, autosave.read()]).toEqual([['Rain'], 'saved']);
  });

  it('is left alone once it is handed over, and whoever does that waits for the save under way', async () => {
    autosave.write('Rain', true);
    await vi.advanceTimersByTimeAsync(pauseMs);
    const settled = vi.fn();
    void autosave.settle().then(settled);
    autosave.write('Rain on the roof', false);
    leave();
    await vi.advanceTimersByTimeAsync(0);
    expect(settled).not.toHaveBeenCalled();
    await finish(0);
    expect(settled).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(10 * pauseMs);
    expect([saved, saves.length]).toEqual([['Rain'], 1]);
  });
});
