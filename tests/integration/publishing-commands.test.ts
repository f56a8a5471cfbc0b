import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAccountRepository } from '../../src-data/accounts.ts';
import { codeOf, outboxOf, startTestApi, valueOf, type TestApi } from '../fixtures/api-harness.ts';
import { contentOf } from '../fixtures/publishing-harness.ts';
import { scriptedLimits } from '../fixtures/scripted-platform.ts';

const zone = 'Europe/Berlin';

function addAccount({ database }: TestApi, name = 'Studio'): string {
  const accountId = randomUUID();
  createAccountRepository(database).connect({
    accountId,
    name,
    platform: 'bluesky',
    handle: `@${name}`,
    remoteId: accountId,
    serviceUrl: null,
    profileUrl: null,
    settings: { platform: 'bluesky' },
    limits: scriptedLimits,
  });
  return accountId;
}

/** The next day on which this wall-clock time is in the future, some weeks ahead. */
function dayAhead(days: number): string {
  return new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10);
}

describe('scheduling while the work engine is away', () => {
  it('answers accepted, says for when, and calls nothing scheduled (complaint 31)', async () => {
    const api = await startTestApi();
    const accountId = addAccount(api);
    const answer = valueOf(
      await api.client.commands.schedulePost({
        content: contentOf('Hello'),
        targets: [{ accountId }],
        when: { kind: 'at', dueAt: `${dayAhead(2)}T10:00`, zone },
      }),
    );
    expect(answer.status).toBe('accepted');
    expect(answer.message).toMatch(/^Scheduled for \w+ 10:00 \(Europe\/Berlin\)\. It goes on as soon as/);
    const post = valueOf(await api.client.commands.readPost({ postId: answer.entityId }));
    expect(post.receipts.map(({ kind }) => kind)).toEqual(['accepted']);
    expect(outboxOf(api, answer.workflowId)).toEqual(['start']);
  });

  it('refuses what the platform would refuse, before anything is promised (complaint 10)', async () => {
    const api = await startTestApi();
    const accountId = addAccount(api);
    const { schedulePost, checkPost, listPosts } = api.client.commands;
    const wish = { content: contentOf('x'.repeat(301)), targets: [{ accountId }] };
    const { checks } = valueOf(await checkPost(wish));
    expect(checks[0]?.parts).toEqual([{ length: 301, limit: 300, bytes: 301 }]);
    expect(checks[0]?.findings[0]).toMatchObject({ rule: 'text-length', severity: 'error' });
    const answer = await schedulePost({ ...wish, when: { kind: 'now' } });
    expect(codeOf(answer)).toBe('input.over-limit');
    expect(valueOf(await listPosts({})).posts).toEqual([]);
  });

  it('refuses a time that has passed, and a zone that does not exist', async () => {
    const api = await startTestApi();
    const wish = { content: contentOf('Hello'), targets: [{ accountId: addAccount(api) }] };
    const { schedulePost } = api.client.commands;
    const answers = [
      await schedulePost({ ...wish, when: { kind: 'at', dueAt: `${dayAhead(-2)}T10:00`, zone } }),
      await schedulePost({
        ...wish,
        when: { kind: 'at', dueAt: `${dayAhead(2)}T10:00`, zone: 'Mars/Olympus' },
      }),
      await schedulePost({ ...wish, when: { kind: 'next-slot' } }),
      await schedulePost({ ...wish, targets: [], when: { kind: 'now' } }),
    ];
    expect(answers.map(codeOf)).toEqual([
      'input.invalid',
      'input.invalid',
      'input.not-found',
      'input.invalid',
    ]);
  });

  it('keeps the time of day when a post is moved to another day (complaint 12)', async () => {
    const api = await startTestApi();
    const { schedulePost, reschedulePost, readPost } = api.client.commands;
    const { entityId: postId } = valueOf(
      await schedulePost({
        content: contentOf('Hello'),
        targets: [{ accountId: addAccount(api) }],
        when: { kind: 'at', dueAt: `${dayAhead(2)}T09:45`, zone },
      }),
    );
    const other = `${dayAhead(200)}T09:45`;
    valueOf(await reschedulePost({ postId, when: { kind: 'at', dueAt: other, zone } }));
    expect(valueOf(await readPost({ postId })).due).toMatchObject({ localTime: other, zone });
  });

  it('keeps its time and zone when the creator travels, and what is planned there is in the new zone', async () => {
    // No slot passes meanwhile.
    const instant = new Date();
    const api = await startTestApi({ now: () => instant });
    const { updateSettings, setQueueSlots, schedulePost, readPost, findNextSlot } = api.client.commands;
    const [here, there] = ['Europe/Berlin', 'America/New_York'];
    const accountId = addAccount(api);
    valueOf(await updateSettings({ timeZone: here }));
    valueOf(await setQueueSlots({ accountId, zone: here, slots: [{ weekday: 3, time: '09:00' }] }));
    const at = `${dayAhead(40)}T10:00`;
    const plan = async () =>
      valueOf(
        await schedulePost({
          content: contentOf('Hello'),
          targets: [{ accountId }],
          when: { kind: 'at', dueAt: at },
        }),
      ).entityId;
    const before = await plan();
    const { due: planned } = valueOf(await readPost({ postId: before }));
    const { due: slot } = valueOf(await findNextSlot({ accountIds: [accountId] }));
    expect(planned).toMatchObject({ zone: here, localTime: at });

    valueOf(await updateSettings({ timeZone: there }));
    expect(valueOf(await readPost({ postId: before })).due).toEqual(planned);
    expect(valueOf(await findNextSlot({ accountIds: [accountId] })).due).toEqual(slot);
    const { due: next } = valueOf(await readPost({ postId: await plan() }));
    expect(next).toMatchObject({ zone: there, localTime: at });
    // Ten o'clock comes hours later over there.
    expect(Date.parse(next?.dueAt ?? '') - Date.parse(planned?.dueAt ?? '')).toBeGreaterThan(4 * 3_600_000);
  });

  it('fills the queue slots one after the other', async () => {
    // No slot passes meanwhile.
    const at = new Date();
    const api = await startTestApi({ now: () => at });
    const accountId = addAccount(api);
    const { setQueueSlots, schedulePost, readPost, findNextSlot } = api.client.commands;
    const slots = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, time: '09:00' }));
    valueOf(await setQueueSlots({ accountId, zone, slots }));
    const dueTimes: string[] = [];
    for (const text of ['One', 'Two', 'Three']) {
      const { due: expected } = valueOf(await findNextSlot({ accountIds: [accountId] }));
      const { entityId: postId } = valueOf(
        await schedulePost({
          content: contentOf(text),
          targets: [{ accountId }],
          when: { kind: 'next-slot' },
        }),
      );
      const { due } = valueOf(await readPost({ postId }));
      expect(due).toEqual(expected);
      dueTimes.push(due?.localTime ?? '');
    }
    expect(new Set(dueTimes).size).toBe(3);
    expect(dueTimes.every((time) => time.endsWith('T09:00'))).toBe(true);
  });

  it('warns of a post that clashes and of one that says the same', async () => {
    const api = await startTestApi();
    const accountId = addAccount(api);
    const [day, nextDay] = [dayAhead(2), dayAhead(3)];
    const { schedulePost, checkPost } = api.client.commands;
    const targets = [{ accountId }];
    const { entityId } = valueOf(
      await schedulePost({
        content: contentOf('Said once'),
        targets,
        when: { kind: 'at', dueAt: `${day}T10:00:00Z` },
      }),
    );
    const near = valueOf(
      await checkPost({ content: contentOf('New'), targets, dueAt: `${day}T10:03:00.000Z` }),
    );
    expect(near.warnings).toMatchObject({ clashes: [{ postId: entityId, accountId }], duplicates: [] });
    const same = valueOf(
      await checkPost({ content: contentOf('Said once '), targets, dueAt: `${nextDay}T10:00:00.000Z` }),
    );
    expect(same.warnings).toMatchObject({ clashes: [], duplicates: [{ postId: entityId }] });
  });
});

describe('a draft', () => {
  it('is saved, changed, scheduled with its variants, and then no draft any more', async () => {
    const api = await startTestApi();
    const { saveDraft, readPost, schedulePost, deleteDraft, editPost } = api.client.commands;
    const [one, two] = [addAccount(api, 'One'), addAccount(api, 'Two')];
    const { postId } = valueOf(await saveDraft({ content: contentOf('First') }));
    const { revision } = valueOf(
      await saveDraft({
        postId,
        content: contentOf('Second'),
        targets: [{ accountId: one }, { accountId: two, variant: contentOf('For two') }],
      }),
    );
    expect(revision).toBe(1);
    valueOf(await schedulePost({ postId, when: { kind: 'at', dueAt: `${dayAhead(2)}T10:00`, zone } }));
    const post = valueOf(await readPost({ postId }));
    expect(post).toMatchObject({
      state: 'waiting',
      content: { parts: [{ text: 'Second' }] },
      targets: [{ variant: null }, { variant: { parts: [{ text: 'For two' }] } }],
      accounts: [{ name: 'One' }, { name: 'Two' }],
    });
    expect(codeOf(await deleteDraft({ postId }))).toBe('input.wrong-state');
    expect(codeOf(await saveDraft({ postId, content: contentOf('Third') }))).toBe('input.wrong-state');
    expect(codeOf(await editPost({ postId, content: contentOf('Third'), revision: 0 }))).toBe(
      'input.conflict',
    );
    valueOf(await editPost({ postId, content: contentOf('Third'), revision: post.revision }));
  });

  it('that was never scheduled can be deleted', async () => {
    const api = await startTestApi();
    const { saveDraft, deleteDraft, readPost } = api.client.commands;
    const { postId } = valueOf(await saveDraft({ content: contentOf('Never mind') }));
    valueOf(await deleteDraft({ postId }));
    expect(codeOf(await readPost({ postId }))).toBe('input.not-found');
  });
});

describe('the activity centre', () => {
  it('never calls a failed post done (complaint 28)', async () => {
    const api = await startTestApi();
    const { schedulePost, listActivity } = api.client.commands;
    const { entityId } = valueOf(
      await schedulePost({
        content: contentOf('Hello'),
        targets: [{ accountId: addAccount(api) }],
        when: { kind: 'now' },
      }),
    );
    api.database.sqlite.exec(`UPDATE post_target SET state = 'failed'; UPDATE post SET state = 'failed'`);
    const { items } = valueOf(await listActivity({}));
    expect(items.find((item) => item.entityId === entityId)).toMatchObject({ kind: 'post', state: 'failed' });
  });
});

describe('an edit of a scheduled post', () => {
  it('brings back an account that an earlier edit has taken away', async () => {
    const api = await startTestApi();
    const [one, two] = [addAccount(api, 'One'), addAccount(api, 'Two')];
    const { commands } = api.client;
    const { entityId: postId } = valueOf(
      await commands.schedulePost({
        content: contentOf('Hello'),
        targets: [{ accountId: one }, { accountId: two }],
        when: { kind: 'at', dueAt: `${dayAhead(2)}T10:00`, zone },
      }),
    );
    const states = async () =>
      valueOf(await commands.readPost({ postId })).targets.map(({ accountId, state }) => [accountId, state]);
    const reserved = async () => valueOf(await commands.readLedger({})).totals[0]?.reserved;
    valueOf(await commands.editPost({ postId, targets: [{ accountId: one }] }));
    expect(await states()).toEqual([
      [one, 'waiting'],
      [two, 'cancelled'],
    ]);
    expect(await reserved()).toBe(1);
    valueOf(await commands.editPost({ postId, targets: [{ accountId: one }, { accountId: two }] }));
    expect(await states()).toEqual([
      [one, 'waiting'],
      [two, 'waiting'],
    ]);
    expect(await reserved()).toBe(2);
  });
});

describe('posts that are looked for', () => {
  it('are found by what they say anywhere, whatever the case, the latest first', async () => {
    const api = await startTestApi();
    const { commands } = api.client;
    const [one, two] = [addAccount(api, 'One'), addAccount(api, 'Two')];
    const plan = async (text: string, days: number, variant?: string) =>
      valueOf(
        await commands.schedulePost({
          content: { parts: text.split('|').map((part) => ({ text: part })) },
          targets: [
            { accountId: one },
            { accountId: two, ...(variant === undefined ? {} : { variant: contentOf(variant) }) },
          ],
          when: { kind: 'at', dueAt: `${dayAhead(days)}T10:00`, zone },
        }),
      ).entityId;
    const thread = await plan('First|Über die Brücke, 100%', 3);
    const varied = await plan('For all', 5, 'Nur hier: ÜBER DIE BRÜCKE');
    const draft = valueOf(
      await commands.saveDraft({ content: { ...contentOf('Words'), title: 'über die brücke' } }),
    ).postId;
    await plan('Something else', 4);
    const find = async (text: string, limit = 10) =>
      valueOf(await commands.listPosts({ text, limit })).posts.map(({ postId }) => postId);
    expect(await find('Über die Brücke')).toEqual([varied, thread, draft]);
    expect(await find('über die brücke', 1)).toEqual([varied]);
    expect(await find('100%')).toEqual([thread]);
    expect(await find('1_0')).toEqual([]);
    expect(await find('parts')).toEqual([]);
    expect(codeOf(await commands.listPosts({ text: ' ' }))).toBe('input.invalid');
  });
});
