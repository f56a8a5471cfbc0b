import { resolve } from 'node:path';
import type { LocalModel } from '../../src-shared/domain/chat-model.ts';
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
              ...installed.map(describeChatModel),
              ...(chat.runtime.message === null ? [] : [`chat    ${chat.runtime.message}`]),
            ].join('\n'),
      );
      return exitCodes.done;
    });
}

/** Downloads a model and waits for it: the services may end with this command. */
export function createModelsPullCommand(name: string): CommandWork {
  return (context) =>
    withConnection(context, async (connection) => {
      const { commands } = connection.client;
      const { message } = unwrap(
        isChatModel(name)
          ? await commands.pullChatModel({ name })
          : await commands.pullSpeechModel({ modelId: name }),
      );
      context.terminal.tell(message);
      return waitForModel(context, connection, name);
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

export function createModelsDeleteCommand(name: string): CommandWork {
  return (context) =>
    withConnection(context, async ({ client: { commands } }) => {
      if (isChatModel(name)) unwrap(await commands.deleteChatModel({ name }));
      else unwrap(await commands.deleteSpeechModel({ modelId: name }));
      context.terminal.printResult(`${name} is deleted.`);
      return exitCodes.done;
    });
}

export function createModelsStopCommand(name: string): CommandWork {
  return (context) =>
    withConnection(context, async ({ client: { commands } }) => {
      const stopped = isChatModel(name)
        ? await commands.stopChatModelPull({ name })
        : await commands.stopSpeechModelPull({ modelId: name });
      context.terminal.printResult(unwrap(stopped).message);
      return exitCodes.done;
    });
}

/** Names of chat models say their size or where they are from: `qwen3:0.6b`, `hf.co/someone/model`. */
function isChatModel(name: string): boolean {
  return /[:/]/.test(name);
}

type Model = SpeechModel | LocalModel;

async function readModel({ client: { commands } }: Connection, name: string): Promise<Model | undefined> {
  if (!isChatModel(name)) {
    const { models } = unwrap(await commands.listSpeechModels({}));
    return models.find(({ modelId }) => modelId === name);
  }
  const { models } = unwrap(await commands.listChatModels({}));
  return models.find((model) => model.name === name);
}

async function waitForModel(
  { terminal, signal }: CommandContext,
  connection: Connection,
  name: string,
): Promise<ExitCode> {
  const view = createProgressView(terminal);
  try {
    const ended = await followUntil(connection.client, signal, async () => {
      const model = await readModel(connection, name);
      if (model === undefined || model.state !== 'downloading') return model ?? null;
      view.show(name, {
        title: model.name,
        // A download that goes on can have met an error: then it waits for the network.
        detail: model.error === null ? 'Downloading' : 'Waits for the network',
        progress: model.sizeBytes > 0 ? Math.min(1, model.downloadedBytes / model.sizeBytes) : null,
        remainingMs: model.remainingMs,
      });
      return undefined;
    });
    view.close();
    if (ended?.state === 'installed') {
      terminal.printResult('modelId' in ended ? describeSpeechModel(ended) : describeChatModel(ended));
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

function describeChatModel({ name, sizeBytes, tasks }: LocalModel): string {
  const uses = tasks.length === 0 ? '' : `, for ${tasks.join(', ')}`;
  return `chat    ${name}  ${formatBytes(sizeBytes)}${uses}`;
}
