import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createSilentLogger } from '../src-node/logger.ts';
import {
  commandMethodName,
  commandNames,
  type CallOptions,
  type CommandName,
} from '../src-shared/contract/registry.ts';
import { commandChannel, windowChannels } from '../src-shared/contract/window-channels.ts';
import type { Result } from '../src-shared/domain/errors.ts';
import type { Services } from './services.ts';
import { answerWindow } from './window-ipc.ts';

type Answer = (event: unknown, ...given: unknown[]) => Promise<Result<unknown>>;

const answers = vi.hoisted(() => new Map<string, Answer>());

/** Electron's side of the calls, of which there is none outside of it. */
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, answer: Answer) => void answers.set(channel, answer) },
  shell: {},
  dialog: {},
  clipboard: {},
  nativeTheme: {},
  BrowserWindow: {},
}));

const ourPage = 'app://longhand/index.html';

function frameOf(url: string) {
  const frame = { url };
  return { senderFrame: frame, sender: { mainFrame: frame } };
}

let calls: { name: string; input: unknown; options: CallOptions | undefined }[];

beforeEach(() => {
  answers.clear();
  calls = [];
  const commands = Object.fromEntries(
    commandNames.map((name) => [
      commandMethodName(name),
      (input: unknown, options?: CallOptions) => {
        calls.push({ name, input, options });
        return Promise.resolve({ ok: true, value: name });
      },
    ]),
  );
  answerWindow({
    services: { commands } as unknown as Services,
    logger: createSilentLogger(),
    isOurOrigin: (url) => url.startsWith('app://longhand/'),
  });
});

function ask(channel: string, event: unknown, ...given: unknown[]): Promise<Result<unknown>> {
  const answer = answers.get(channel);
  if (answer === undefined) throw new Error(`nobody answers ${channel}`);
  return answer(event, ...given);
}

const schedulePost = commandChannel('schedule-post');

describe('a call of the window', () => {
  it('reaches the command of its channel with its input and its key, for every command', async () => {
    const input = { text: 'as it came' };
    for (const name of commandNames) {
      const answer = await ask(commandChannel(name), frameOf(ourPage), input, { idempotencyKey: 'k' });
      expect(answer).toEqual({ ok: true, value: name });
    }
    expect(calls).toEqual(
      commandNames.map((name: CommandName) => ({ name, input, options: { idempotencyKey: 'k' } })),
    );
  });

  it.each([
    ['another page', frameOf('https://example.org/')],
    ['a page whose address only looks alike', frameOf('app://longhand.example.org/index.html')],
    ['a frame inside of our page', { ...frameOf(ourPage), senderFrame: { url: ourPage } }],
    ['a frame that is gone', { ...frameOf(ourPage), senderFrame: null }],
  ])('is refused from %s, and nothing is done', async (_who, event) => {
    for (const channel of [schedulePost, windowChannels.copyText, windowChannels.openLink]) {
      const refused = await ask(channel, event, {}, {});
      expect(refused).toMatchObject({ ok: false, error: { code: 'input.not-allowed' } });
    }
    expect(calls).toEqual([]);
  });

  it.each([
    ['more than input and options', [{}, {}, {}]],
    ['options that do not exist', [{}, { principal: 'owner' }]],
    ['a key that is none', [{}, { idempotencyKey: '' }]],
  ])('with %s is refused as it stands', async (_what, given) => {
    const refused = await ask(schedulePost, frameOf(ourPage), ...given);
    expect(refused).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
    expect(calls).toEqual([]);
  });
});
