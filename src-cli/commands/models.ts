import { resolve } from 'node:path';
import type { SpeechModel } from '../../src-shared/domain/model.ts';
import { errorTitle } from '../../src-shared/domain/errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { Connection } from '../host-services.ts';
import { followUntil } from '../follow.ts';
import { createProgressView } from '../progress-view.ts';
import { unwrap, withConnection, type CommandContext, type CommandWork } from '../run-command.ts';
import { formatBytes } from '../terminal.ts';

export function createModelsListCommand(options: { json: boolean }): CommandWork {
  return (context) =>
    withConnection(context, async ({ client }) => {
      const speech = unwrap(await client.commands.listSpeechModels({}));
      const chat = unwrap(await client.commands.listChatModels({}));
      const installed = chat.models.filter(({ state }) => state === 'installed');
      context.terminal.printResult(
        options.json
          ? JSON.stringify({ speech, chat })
          : [
              ...speech.models.map(describeSpeechModel),
              ...installed.map(({ name, sizeBytes }) => `chat    ${name}  ${formatBytes(sizeBytes)}`),
              ...(chat.runtime.message === null ? [] : [`chat    ${chat.runtime.message}`]),
            ].join('\n'),
      );
      return exitCodes.done;
    });
}

/** Downloads a model and waits for it: the services may end with this command. */
export function createModelsPullCommand(modelId: string): CommandWork {
  return (context) =>
    withConnection(context, async (connection) => {
      const { message } = unwrap(await connection.client.commands.pullSpeechModel({ modelId }));
      context.terminal.tell(message);
      return waitForModel(context, connection, modelId);
    });
}

export function createModelsImportCommand(path: string): CommandWork {
  return (context) =>
    withConnection(context, async ({ client }) => {
      const model = unwrap(await client.commands.importSpeechModel({ path: resolve(path) }));
      context.terminal.printResult(describeSpeechModel(model));
      return exitCodes.done;
    });
}

export function createModelsDeleteCommand(modelId: string): CommandWork {
  return (context) =>
    withConnection(context, async ({ client }) => {
      unwrap(await client.commands.deleteSpeechModel({ modelId }));
      context.terminal.printResult(`${modelId} is deleted.`);
      return exitCodes.done;
    });
}

export function createModelsStopCommand(modelId: string): CommandWork {
  return (context) =>
    withConnection(context, async ({ client }) => {
      context.terminal.printResult(unwrap(await client.commands.stopSpeechModelPull({ modelId })).message);
      return exitCodes.done;
    });
}

async function waitForModel(
  { terminal, signal }: CommandContext,
  connection: Connection,
  modelId: string,
): Promise<ExitCode> {
  const view = createProgressView(terminal);
  try {
    const ended = await followUntil(connection.client, signal, async () => {
      const { models } = unwrap(await connection.client.commands.listSpeechModels({}));
      const model = models.find((candidate) => candidate.modelId === modelId);
      if (model === undefined || model.state !== 'downloading') return model ?? null;
      view.show(modelId, {
        title: model.name,
        detail: 'Downloading',
        progress: model.sizeBytes > 0 ? Math.min(1, model.downloadedBytes / model.sizeBytes) : null,
        remainingMs: model.remainingMs,
      });
      return undefined;
    });
    view.close();
    if (ended?.state === 'installed') {
      terminal.printResult(describeSpeechModel(ended));
      return exitCodes.done;
    }
    const error = ended?.error ?? null;
    terminal.tell(
      error === null
        ? 'The download has stopped. What arrived is kept; `longhand models pull` goes on with it.'
        : `longhand: ${errorTitle(error.code)}. ${error.userMessage} [${error.code}]`,
    );
    return exitCodes.failed;
  } catch (thrown) {
    view.close();
    if (!signal.aborted) throw thrown;
    terminal.tell(
      connection.isAttached
        ? 'The download goes on in the running Longhand.'
        : 'What arrived is kept; it goes on when Longhand runs again.',
    );
    return exitCodes.interrupted;
  }
}

function describeSpeechModel(model: SpeechModel): string {
  const facts = [model.state, formatBytes(model.sizeBytes), model.languages, model.isInUse ? 'in use' : ''];
  return `speech  ${model.modelId.padEnd(16)} ${facts.filter((fact) => fact !== '').join(', ')}`;
}
