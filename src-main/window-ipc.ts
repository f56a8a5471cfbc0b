import {
  clipboard,
  dialog,
  ipcMain,
  nativeTheme,
  shell,
  BrowserWindow,
  type IpcMainInvokeEvent,
} from 'electron';
import { z } from 'zod';
import {
  commandMethodName,
  commandNames,
  type CallOptions,
  type CommandClient,
} from '../src-shared/contract/registry.ts';
import type { ChoosePurpose } from '../src-shared/contract/window-bridge.ts';
import { commandChannel, windowChannels } from '../src-shared/contract/window-channels.ts';
import { platformSchema } from '../src-shared/domain/account.ts';
import { assetIdSchema } from '../src-shared/domain/asset.ts';
import { AppError, toAppError, type Result } from '../src-shared/domain/errors.ts';
import { processNameSchema } from '../src-shared/domain/process-status.ts';
import { settingsSchema } from '../src-shared/domain/settings.ts';
import { saveUserFile } from '../src-node/save-user-file.ts';
import type { Logger } from '../src-node/logger.ts';
import { dialogOptions } from './choose-paths.ts';
import { toOpenableLink } from './openable-link.ts';
import type { Services } from './services.ts';

const callOptionsSchema = z
  .strictObject({ idempotencyKey: z.string().min(1).max(200).optional() })
  .optional();
const purposeSchema: z.ZodType<ChoosePurpose> = z.enum([
  'media-files',
  'media-folder',
  'watch-folder',
  'speech-model-file',
  'speech-model-folder',
  'moved-file',
  'moved-folder',
  ...platformSchema.options.map((platform) => `folder-of-${platform}` as const),
]);

export interface WindowIpcOptions {
  services: Services;
  logger: Logger;
  isOurOrigin: (url: string) => boolean;
}

/** Answers everything the preload can ask. Each call's sender and input are checked; nothing is thrown back. */
export function answerWindow({ services, logger, isOurOrigin }: WindowIpcOptions): void {
  /** One place for sender check, input check and errors. `refuse` makes the answer to a call that failed. */
  function handle<Input, Answer>(
    channel: string,
    schema: z.ZodType<Input>,
    answer: (input: Input, event: IpcMainInvokeEvent) => Promise<Answer> | Answer,
    refuse: (error: AppError) => Answer,
  ): void {
    ipcMain.handle(channel, async (event, ...given: unknown[]) => {
      try {
        assertOwnWindow(event, channel, isOurOrigin);
        const parsed = schema.safeParse(given.length > 1 ? given : given[0]);
        if (!parsed.success) throw invalidInput(channel, parsed.error);
        return await answer(parsed.data, event);
      } catch (thrown) {
        const error = toAppError(thrown);
        logger.warn({ err: error, channel }, 'a call of the window failed');
        return refuse(error);
      }
    });
  }

  const failed = (error: AppError): Result<never> => ({ ok: false, error: error.toDto() });
  const done: Result<null> = { ok: true, value: null };

  for (const name of commandNames) {
    // The boundary validates the input; typed by name it cannot be called in a loop without losing the name.
    const call = services.commands[commandMethodName(name)] as (
      input: unknown,
      options?: CallOptions,
    ) => Promise<Result<unknown>>;
    handle(
      commandChannel(name),
      z.tuple([z.unknown(), callOptionsSchema]),
      ([input, options]) =>
        call(input, options?.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey }),
      failed,
    );
  }

  handle(
    windowChannels.readProcesses,
    z.undefined(),
    () => services.readProcesses(),
    () => [],
  );
  handle(windowChannels.retryProcess, processNameSchema, (name) => services.retryProcess(name), failed);
  handle(
    windowChannels.choosePaths,
    purposeSchema,
    async (purpose, event) => {
      const window = BrowserWindow.fromWebContents(event.sender);
      const options = dialogOptions(purpose);
      const chosen = await (window === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(window, options));
      return chosen.canceled ? [] : chosen.filePaths;
    },
    () => [],
  );
  handle(
    windowChannels.saveTextFile,
    z.strictObject({ suggestedName: z.string().max(255), text: z.string() }),
    async ({ suggestedName, text }, event): Promise<Result<{ savedAs: string | null }>> => {
      const window = BrowserWindow.fromWebContents(event.sender);
      const options = { defaultPath: suggestedName };
      const { filePath, canceled } = await (window === null
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(window, options));
      if (canceled) return { ok: true, value: { savedAs: null } };
      await saveUserFile(filePath, text);
      return { ok: true, value: { savedAs: filePath } };
    },
    failed,
  );
  handle(
    windowChannels.showInFolder,
    assetIdSchema,
    async (assetId): Promise<Result<null>> => {
      const located = await locateOriginal(services.commands, assetId);
      if (!located.ok) return located;
      shell.showItemInFolder(located.value);
      return done;
    },
    failed,
  );
  handle(
    windowChannels.copyText,
    z.string().max(10_000_000),
    async (text): Promise<Result<null>> => {
      await clipboard.writeText(text);
      return done;
    },
    failed,
  );
  handle(
    windowChannels.openLink,
    z.string().transform(toOpenableLink),
    async (link): Promise<Result<null>> => {
      if (link === null) throw refusedLink();
      await shell.openExternal(link);
      return done;
    },
    failed,
  );
  handle(
    windowChannels.applyTheme,
    settingsSchema.shape.theme,
    (theme): Result<null> => {
      nativeTheme.themeSource = theme;
      return done;
    },
    failed,
  );
}

async function locateOriginal(commands: CommandClient, assetId: string): Promise<Result<string>> {
  const located = await commands.locateMedia({ assetId, rendition: 'original' });
  return located.ok ? { ok: true, value: located.value.path } : located;
}

function assertOwnWindow(
  event: IpcMainInvokeEvent,
  channel: string,
  isOurOrigin: (url: string) => boolean,
): void {
  const frame = event.senderFrame;
  if (frame !== null && frame === event.sender.mainFrame && isOurOrigin(frame.url)) return;
  throw new AppError({
    code: 'input.not-allowed',
    userMessage: 'That call did not come from the Longhand window. Nothing was done.',
    retry: 'never',
    details: { channel, url: frame?.url ?? null },
  });
}

function refusedLink(): AppError {
  return new AppError({
    code: 'input.not-allowed',
    userMessage: 'Only web pages and mail addresses are opened from here. Nothing was opened.',
    retry: 'never',
  });
}

function invalidInput(channel: string, problem: z.ZodError): AppError {
  return new AppError({
    code: 'input.invalid',
    userMessage: 'The window sent something that does not fit. Nothing was changed.',
    retry: 'never',
    details: { channel, problem: z.prettifyError(problem) },
  });
}
