import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { CommandOutput } from '../../src-shared/contract/registry.ts';
import { errorTitle, type Result } from '../../src-shared/domain/errors.ts';
import { makeFolder, startTestApi, valueOf } from '../fixtures/api-harness.ts';
import type { ConnectPinBoard } from '../fixtures/pin-board/shared/pin-board-commands.ts';
import { contentOf } from '../fixtures/publishing-harness.ts';
import { patientTimings } from '../fixtures/publishing-timings.ts';
import { openHarness, until } from '../fixtures/worker-harness.ts';

// A line in each list, as docs/recipes/add-a-connector.md has it, and nothing else.
vi.mock(import('../../src-connectors/platforms.ts'), async (original) => {
  const { platforms } = await original();
  const { pinBoard } = await import('../fixtures/pin-board/shared/pin-board.ts');
  return { platforms: [...platforms, pinBoard] as unknown as typeof platforms };
});
vi.mock(import('../../src-connectors/commands.ts'), async (original) => {
  const { connectCommands } = await original();
  const { pinBoardCommands } = await import('../fixtures/pin-board/shared/pin-board-commands.ts');
  return { connectCommands: { ...connectCommands, ...pinBoardCommands } };
});
vi.mock(import('../../src-connectors/connectors.ts'), async (original) => {
  const { connectorMakers } = await original();
  const { createPinBoardConnector } = await import('../fixtures/pin-board/node/pin-board-connector.ts');
  return { connectorMakers: { ...connectorMakers, 'pin-board': createPinBoardConnector } };
});
vi.mock(import('../../src-connectors/handlers.ts'), async (original) => {
  const { connectHandlers, ...rest } = await original();
  const { pinBoardHandlers } = await import('../fixtures/pin-board/api/pin-board-handlers.ts');
  return { ...rest, connectHandlers: { ...connectHandlers, ...pinBoardHandlers } };
});

/** The client has a method for each command; of the added one only the list above tells. */
interface AddedCommands {
  connectPinBoardAccount: (
    input: z.input<ConnectPinBoard['input']>,
  ) => Promise<Result<CommandOutput<'connect-manual-account'>>>;
}

function makeBoard(): string {
  const folder = makeFolder();
  writeFileSync(join(folder, 'owner'), 'Kim');
  return folder;
}

const notesOn = (board: string) =>
  readdirSync(board)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => readFileSync(join(board, name), 'utf8'));

it('a connector that is added by one folder and a line in each list is connected, checked, scheduled for, published to and deleted from', async () => {
  const harness = await openHarness({
    publishingTimings: patientTimings,
  });
  onTestFinished(() => harness.close());
  const { dataFolder, server } = harness;
  const { client } = await startTestApi({
    dataFolder,
    temporalAddress: server.address,
    lookForReturnEveryMs: 50,
  });
  const { commands } = client;
  const added = commands as unknown as AddedCommands;
  const board = makeBoard();
  const { accountId, handle } = valueOf(await added.connectPinBoardAccount({ folder: board }));
  await harness.startWorkers();
  const targets = [{ accountId }];

  expect(handle).toBe('Kim');
  expect(valueOf(await commands.verifyAccount({ accountId }))).toMatchObject({
    ...{ platform: 'pin-board', state: 'connected' },
    settings: { platform: 'pin-board', folder: board },
  });
  // It counts in its own way, and that is what is checked.
  const tooLong = { content: contentOf('one two three four five six'), targets };
  const { checks } = valueOf(await commands.checkPost(tooLong));
  expect(checks.flatMap(({ findings }) => findings.map(({ rule }) => rule))).toEqual(['text-length']);

  const when = {
    kind: 'at',
    dueAt: new Date(Date.now() + 2_000).toISOString(),
    zone: 'Europe/Berlin',
  } as const;
  const { entityId: postId } = valueOf(
    await commands.schedulePost({ content: contentOf('Bread on Sunday'), targets, when }),
  );
  await until(async () => valueOf(await commands.readPost({ postId })).state === 'published');
  expect(notesOn(board)).toEqual(['Bread on Sunday']);

  valueOf(await commands.deletePublishedPost({ postId }));
  await until(async () => valueOf(await commands.readPost({ postId })).state === 'deleted');
  expect(notesOn(board)).toEqual([]);

  // What waits for its folder says so in words that hold for whatever has one.
  renameSync(board, `${board} unplugged`);
  const content = contentOf('Bread on Monday');
  const { entityId: waitingId } = valueOf(await commands.publishNow({ content, targets }));
  const readNotices = async () => valueOf(await commands.listNotices({})).notices;
  await until(async () => (await readNotices()).length > 0);
  expect(await readNotices()).toMatchObject([
    { title: 'Waits for the folder of its account: Bread on Monday' },
  ]);
  const { targets: waiting } = valueOf(await commands.readPost({ postId: waitingId }));
  expect(errorTitle(waiting[0]?.error?.code ?? 'bug')).toBe('The folder of the account is not there');
  renameSync(`${board} unplugged`, board);
  await until(async () => valueOf(await commands.readPost({ postId: waitingId })).state === 'published');
  expect(notesOn(board)).toEqual(['Bread on Monday']);

  rmSync(join(board, 'owner'));
  expect(valueOf(await commands.verifyAccount({ accountId }))).toMatchObject({
    state: 'needs-reconnect',
    error: { code: 'platform.credentials-refused' },
  });
});
