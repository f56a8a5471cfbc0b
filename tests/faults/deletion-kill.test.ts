import { describe, expect, it } from 'vitest';
import { deletionSteps } from '../../src-worker/activities/publishing-port.ts';
import { valueOf } from '../fixtures/api-harness.ts';
import { kindsOf, openPublishing } from '../fixtures/publishing-harness.ts';
import { startPublishingWorker } from '../fixtures/publishing-worker-process.ts';

describe('a worker that is killed while it deletes', () => {
  it.each(deletionSteps)('at the step “%s” leaves nothing behind, and says so once', async (step) => {
    const publishing = await openPublishing();
    const { api, platform, addAccount, schedule, untilState } = publishing;
    const postId = await schedule([addAccount()]);
    const dying = await startPublishingWorker(publishing, { dieAt: step });
    await untilState(postId, 'published');
    valueOf(await api.client.commands.deletePublishedPost({ postId }));
    await dying.exited;
    expect(platform.posts()).toHaveLength(step === 'removed' ? 0 : 1);
    await startPublishingWorker(publishing);
    const post = await untilState(postId, 'deleted');
    expect(platform.posts()).toEqual([]);
    expect(kindsOf(post).filter((kind) => kind === 'deleted')).toHaveLength(1);
  });
});
