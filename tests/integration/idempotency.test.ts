import { describe, expect, it } from 'vitest';
import { forgetOldAnswers } from '../../src-api/forget-answers.ts';
import { createSilentLogger } from '../../src-node/logger.ts';
import {
  codeOf,
  ingest,
  makeFolder,
  startTestApi,
  valueOf,
  writeRecording,
} from '../fixtures/api-harness.ts';

const dayMs = 24 * 3_600_000;

describe('the key of a request', () => {
  it('is kept for thirty days, whatever starts meanwhile, and is forgotten some time after', async () => {
    let atMs = Date.parse('2026-01-01T00:00:00.000Z');
    const now = () => new Date(atMs);
    const first = await startTestApi({ now });
    const assetId = await ingest(first, writeRecording(makeFolder(), 'talk.mp4'));
    const rename = (api: typeof first, title: string) =>
      api.client.commands.updateAsset({ assetId, title }, { idempotencyKey: 'k' });
    const answer = valueOf(await rename(first, 'One'));
    await first.api.stop();

    atMs += 30 * dayMs - 1_000;
    const second = await startTestApi({ now, dataFolder: first.dataFolder });
    expect(valueOf(await rename(second, 'One'))).toEqual(answer);
    expect(codeOf(await rename(second, 'Two'))).toBe('input.conflict');

    // A program that is never ended forgets as well.
    const forgetting = forgetOldAnswers(second.database, { logger: createSilentLogger(), now });
    atMs += 2_000;
    forgetting.look();
    forgetting.stop();
    expect(second.database.sqlite.prepare('SELECT count(*) FROM idempotency').pluck().get()).toBe(0);
    expect(codeOf(await rename(second, 'Two'))).toBe('ok');
  });

  it('is bound to the secrets in the request too, across restarts, and says nothing of them', async () => {
    const first = await startTestApi();
    const protect = (api: typeof first, passphrase: string) =>
      api.client.commands.protectVault({ protection: 'passphrase', passphrase }, { idempotencyKey: 'k' });
    const both = await Promise.all([protect(first, 'sesame open'), protect(first, 'sesame open')]);
    expect(both.map(codeOf)).toEqual(['ok', 'ok']);
    expect(codeOf(await protect(first, 'sesame shut'))).toBe('input.conflict');
    await first.api.stop();
    const second = await startTestApi({ dataFolder: first.dataFolder });
    expect(codeOf(await protect(second, 'sesame open'))).toBe('ok');
    expect(codeOf(await protect(second, 'sesame shut'))).toBe('input.conflict');
    expect(codeOf(await second.client.commands.unlockVault({ passphrase: 'sesame shut' }))).toBe(
      'credentials.wrong-passphrase',
    );
    expect(codeOf(await second.client.commands.unlockVault({ passphrase: 'sesame open' }))).toBe('ok');
  });

  it('gives all who send it at once the same answer, which calls nothing scheduled while the work engine is away', async () => {
    const { client } = await startTestApi();
    const path = writeRecording(makeFolder(), 'talk.mp4');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => client.commands.ingestMedia({ path }, { idempotencyKey: 'k' })),
    );
    const distinct = new Set(answers.map((answer) => JSON.stringify(valueOf(answer))));
    expect([...distinct].map((answer) => JSON.parse(answer) as unknown)).toEqual([
      expect.objectContaining({ status: 'accepted' }),
    ]);
  });
});
