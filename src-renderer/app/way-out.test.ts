import { describe, expect, it } from 'vitest';
import { exitOf } from './way-out.ts';

function errorOf(code: string) {
  return exitOf({ code, userMessage: '', retry: 'user' });
}

describe('the way out of an error', () => {
  it('leads to the place where it can be mended', () => {
    expect(errorOf('storage.vanished')).toMatchObject({ handler: 'locate' });
    expect(errorOf('storage.disk-full')).toMatchObject({ section: 'storage' });
    expect(errorOf('dependency.speech-model-missing')).toMatchObject({ section: 'models' });
    expect(errorOf('media.failed')).toMatchObject({ handler: 'retry' });
  });

  it('is no button where waiting is all there is to do', () => {
    expect(errorOf('dependency.starting')).toBeNull();
  });

  it('treats a code it does not know as a bug', () => {
    expect(errorOf('from.the-future')).toMatchObject({ section: 'diagnostics' });
  });
});
