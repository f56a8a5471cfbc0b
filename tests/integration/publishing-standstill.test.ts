import { describe, expect, it } from 'vitest';
import { publishingSteps, type PublishingStep } from '../../src-worker/activities/publishing-port.ts';
import { openPublishingDesk } from '../fixtures/publishing-desk.ts';
import { quickTimings } from '../fixtures/publishing-timings.ts';

const daysMs = 72 * 3_600_000;

/** The lid is closed at a step, once. */
function closeLidAt(chosen: PublishingStep) {
  let isClosed = false;
  return (step: PublishingStep, clock: { ms: number }) => {
    if (step !== chosen || isClosed) return;
    isClosed = true;
    clock.ms += daysMs;
  };
}

const sendingSteps = publishingSteps.filter((step) => !step.startsWith('prepare'));
const beforeFirstByte = sendingSteps.slice(0, sendingSteps.indexOf('sent'));

describe('a post, when the lid is closed for days while it is on its way', () => {
  it.each(beforeFirstByte)(
    'at the step “%s”, is not sent any more, and its creator is asked',
    async (step) => {
      const desk = openPublishingDesk('bluesky', closeLidAt(step));
      // The platform is looked at only after a lost answer.
      if (step === 'looked') {
        desk.platform.plan(desk.accountId, 'publish', { kind: 'lost-request' });
        await desk.tryOnce();
        desk.clock.ms += quickTimings.look.longestMs;
      }
      await desk.tryOnce();
      expect(desk.platform.posts()).toEqual([]);
      await desk.tryOnce();
      expect(desk.stateOf()).toBe('needs-decision');
      expect(desk.platform.posts()).toEqual([]);
    },
  );

  it.each(sendingSteps.slice(beforeFirstByte.length))(
    'at the step “%s”, is there once, and the library says so',
    async (step) => {
      const desk = openPublishingDesk('bluesky', closeLidAt(step));
      await desk.tryOnce();
      await desk.tryOnce();
      expect(desk.stateOf()).toBe('published');
      expect(desk.platform.posts()).toHaveLength(1);
    },
  );

  it('after a request that was lost, is looked for and then goes by its lateness', async () => {
    const desk = openPublishingDesk('bluesky');
    desk.platform.plan(desk.accountId, 'publish', { kind: 'lost-request' });
    await desk.tryOnce();
    desk.clock.ms += daysMs;
    await desk.tryOnce();
    expect(desk.platform.countCalls(desk.accountId, 'reconcile')).toBe(1);
    await desk.tryOnce();
    expect(desk.stateOf()).toBe('needs-decision');
    expect(desk.platform.posts()).toEqual([]);
    expect(desk.kinds().slice(-2)).toEqual(['looked', 'needs-decision']);
  });

  it('is not put before its creator to be posted by hand days late', async () => {
    const desk = openPublishingDesk('manual', closeLidAt('saved'));
    await desk.tryOnce();
    await desk.tryOnce();
    expect(desk.stateOf()).toBe('needs-decision');
    const told = desk.dependencies.notices.list({ onlyUnread: true, limit: 10 });
    expect(told).toMatchObject([{ kind: 'posts-late' }]);
  });
});

it('a post is never to be posted by hand without the notice of it', async () => {
  const desk = openPublishingDesk('manual');
  const { dependencies } = desk;
  const add = () => {
    throw new Error('the disk is full at this very moment');
  };
  const cannotTell = { ...dependencies, notices: { ...dependencies.notices, add } };
  await expect(desk.tryOnce(cannotTell)).rejects.toThrow();
  expect(desk.stateOf()).toBe('publishing');

  desk.clock.ms += quickTimings.leaseMs + 1;
  await desk.tryOnce();
  expect(desk.stateOf()).toBe('to-mark');
  const told = dependencies.notices.list({ onlyUnread: true, limit: 10 });
  expect(told).toMatchObject([{ kind: 'post-to-mark' }]);
});
