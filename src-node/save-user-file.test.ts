import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { saveUserFile } from './save-user-file.ts';

const makeFolder = () => mkdtempSync(join(tmpdir(), 'longhand-save-'));

describe('saveUserFile', () => {
  it('replaces what was there and leaves nothing beside it', async () => {
    const folder = makeFolder();
    const path = join(folder, 'talk.srt');
    writeFileSync(path, 'old');
    await saveUserFile(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['talk.srt']);
  });

  it('says why nothing was saved, and what to do', async () => {
    const folder = makeFolder();
    const inNoFolder = join(folder, 'gone', 'talk.srt');
    await expect(saveUserFile(inNoFolder, 'text')).rejects.toMatchObject({
      code: 'storage.not-saved',
      userMessage: expect.stringContaining(`there is no folder ${join(folder, 'gone')}`) as string,
    });
    expect(existsSync(join(folder, 'gone'))).toBe(false);
    mkdirSync(join(folder, 'talk.srt'));
    await expect(saveUserFile(join(folder, 'talk.srt'), 'text')).rejects.toMatchObject({
      userMessage: expect.stringContaining('a folder has that name') as string,
    });
    expect(readdirSync(folder)).toEqual(['talk.srt']);
  });
});
