import { describe, expect, it, onTestFinished } from 'vitest';
import { manualServiceLimits } from '../../src-connectors/manual/shared/manual-services.ts';
import { approvalStateTitles } from '../../src-shared/domain/approval-words.ts';
import { countText } from '../../src-shared/domain/platforms/count-as-platform.ts';
import { connectAgent, valueOf } from '../fixtures/api-harness.ts';
import { addRecording } from '../fixtures/chat-harness.ts';
import { openStudio, type TestStudio } from '../fixtures/studio.ts';
import { openHarness } from '../fixtures/worker-harness.ts';

/** Answers every question for a list with this text as often as asked. */
function writeCaptions({ runtime }: TestStudio, write: (index: number) => string): void {
  runtime.answerWith((reply, { format }) => {
    const count = format?.properties?.items?.minItems ?? 1;
    const items = Array.from({ length: count }, (_, index) => ({ text: write(index) }));
    reply.say(JSON.stringify({ items }));
    reply.end();
  });
}

async function schedule({ client, blueskyId }: TestStudio, text: string): Promise<string> {
  const answer = await client.commands.schedulePost({
    content: { parts: [{ text }] },
    targets: [{ accountId: blueskyId }],
    when: {
      kind: 'at',
      dueAt: new Date(Date.now() + 5 * 24 * 3_600_000).toISOString(),
      zone: 'Europe/Berlin',
    },
  });
  return valueOf(answer).entityId;
}

describe('captions', () => {
  it('are asked for in the tone of what the creator let pass, and of nothing else', async () => {
    const studio = await openStudio();
    for (const day of ['Monday', 'Tuesday', 'Wednesday'])
      await schedule(studio, `Rye on ${day}, warm at six! #rye`);
    const cancelled = await schedule(studio, 'This was taken back');
    valueOf(await studio.client.commands.cancelPost({ postId: cancelled }));
    writeCaptions(studio, (index) => `Fresh bread, number ${index}`);
    const { learnedFromCount } = valueOf(
      await studio.client.commands.draftCaption({ about: 'Spelt', platforms: ['bluesky'], alternatives: 2 }),
    );
    // Those three, and the brunch that the studio has planned.
    expect(learnedFromCount).toBe(4);
    const asked = JSON.stringify(studio.runtime.asked.at(-1)?.messages);
    expect(asked).toContain('Write as the creator does');
    expect(asked).toContain('mostly with hashtags');
    expect(asked).toContain('no questions');
    expect(asked).toContain('Rye on Tuesday, warm at six! #rye');
    // Neither a draft nor what was taken back.
    expect(asked).not.toContain('Winter menu');
    expect(asked).not.toContain('taken back');
  });

  it('are told no tone where the creator has let nothing pass yet', async () => {
    const studio = await openStudio();
    valueOf(await studio.client.commands.cancelPost({ postId: studio.brunchId }));
    writeCaptions(studio, () => 'Fresh bread');
    const wish = { about: 'Spelt', platforms: ['bluesky'], alternatives: 1 };
    expect(valueOf(await studio.client.commands.draftCaption(wish)).learnedFromCount).toBe(0);
    expect(JSON.stringify(studio.runtime.asked.at(-1)?.messages)).not.toContain('as the creator does');
  });

  it('fit each platform as that platform counts, also where the model has written more', async () => {
    const studio = await openStudio();
    // 200 of these count as 400 on X, and as 200 elsewhere.
    writeCaptions(studio, (index) => `${index} ${'麵包很好。'.repeat(40)}`);
    const { captions } = valueOf(
      await studio.client.commands.draftCaption({
        about: 'Spelt',
        platforms: ['x', 'bluesky'],
        alternatives: 2,
      }),
    );
    expect(captions.map(({ platform }) => platform)).toEqual(['x', 'bluesky']);
    const [onX, onBluesky] = captions;
    for (const { text, length, limit, wasShortened } of onX?.alternatives ?? []) {
      expect(wasShortened).toBe(true);
      expect(limit).toBe(manualServiceLimits.x.text.maxLength);
      expect(length).toBe(countText(text, manualServiceLimits.x.text));
      expect(length).toBeLessThanOrEqual(limit ?? 0);
    }
    expect(onX?.alternatives).toHaveLength(2);
    expect(onBluesky?.alternatives.map(({ wasShortened }) => wasShortened)).toEqual([false, false]);
  });
});

describe('what happened', () => {
  it('is read from the history of the work engine too, and each line leads somewhere', async () => {
    const harness = await openHarness();
    onTestFinished(() => harness.close());
    const studio = await openStudio({
      dataFolder: harness.dataFolder,
      temporalAddress: harness.server.address,
    });
    await harness.startWorkers();
    const { commands } = studio.client;
    await expect
      .poll(async () => {
        const { timeline } = valueOf(await commands.explainWhatHappened({ entityId: studio.brunchId }));
        return timeline.filter(({ source }) => source === 'work-engine').map(({ title }) => title);
      })
      .toEqual(['The work began']);

    valueOf(await commands.cancelPost({ postId: studio.brunchId }));
    await expect
      .poll(async () => {
        const { timeline } = valueOf(await commands.explainWhatHappened({ entityId: studio.brunchId }));
        return timeline.filter(({ source }) => source === 'work-engine').map(({ title }) => title);
      })
      .toEqual(['The work began', expect.stringMatching(/^The work ended: /u)]);
    const { timeline } = valueOf(await commands.explainWhatHappened({ entityId: studio.brunchId }));
    const link = { kind: 'post', id: studio.brunchId, url: null };
    for (const line of timeline.filter(({ source }) => source === 'receipt' || source === 'work-engine'))
      expect(line.link, line.title).toEqual(link);
  });

  it('to a draft that an agent wants to publish is the request, which the line leads to', async () => {
    const studio = await openStudio();
    const asked = await connectAgent(studio).commands.schedulePost({
      postId: studio.draftId,
      targets: [{ accountId: studio.blueskyId }],
      when: { kind: 'now' },
    });
    const approvalId = valueOf(asked).entityId;
    const { cause, timeline } = valueOf(
      await studio.client.commands.explainWhatHappened({ entityId: studio.draftId }),
    );
    expect(cause).toContain(approvalStateTitles.pending.toLowerCase());
    expect(timeline.find(({ source }) => source === 'approval')).toMatchObject({
      isCause: true,
      link: { kind: 'approval', id: approvalId },
    });
  });
});

describe('a recording', () => {
  it('is told of by what was measured and found in it', async () => {
    const studio = await openStudio();
    const assetId = addRecording(studio, 'Tower', ['There was a needle in the tower.']);
    valueOf(await studio.client.commands.updateAsset({ assetId, keywords: ['tower'], summary: 'A needle.' }));
    expect(valueOf(await studio.client.commands.readMetadata({ assetId }))).toMatchObject({
      assetId,
      title: 'Tower',
      originalName: 'Tower.wav',
      status: 'approved',
      keywords: ['tower'],
      summary: 'A needle.',
    });
  });
});
