import type { ChatModelRow } from '../../src-data/chat-models.ts';
import { recordNotFound } from '../../src-data/database-errors.ts';
import { RuntimeRefusal, toModelError } from '../../src-node/models/model-errors.ts';
import { isSameModel } from '../../src-node/models/model-runtime.ts';
import type { InstalledModel, ModelFacts } from '../../src-node/models/model-types.ts';
import type { LocalModel, MachineMemory, ModelTask } from '../../src-shared/domain/chat-model.ts';
import { modelTaskSchema } from '../../src-shared/domain/chat-model.ts';
import { chatModelCatalogue, type ChatModelOffer } from '../../src-shared/domain/chat-model-catalogue.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { judgeFit } from '../../src-shared/domain/memory-fit.ts';
import type { Settings } from '../../src-shared/domain/settings.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import { cancelWorkflow, startChatModelPull } from '../boundary/start-messages.ts';
import type { ChangeHandler, DurableHandler, QueryHandler } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import { wrongState } from '../commands/wrong-state.ts';

const settingOf = {
  chat: 'chatModelName',
  describe: 'describeModelName',
  ideas: 'ideasModelName',
} as const satisfies Record<ModelTask, keyof Settings>;

/** What a model is judged by: with the context that it would be given here. */
const usualContextTokens = 8_192;
/** For all that one command asks the runtime. */
const lookWithinMs = 12_000;
const nothingChosen: Record<ModelTask, null> = { chat: null, describe: null, ideas: null };
/** For a model of which nothing but its name is known yet. */
const unknownBytesPerToken = 131_072;

export const listChatModels: QueryHandler<'list-chat-models'> = {
  async answer(_input, services) {
    const { localModels } = services;
    const signal = AbortSignal.timeout(lookWithinMs);
    const memory = localModels.readMemory();
    const installed = await localModels.runtime.listModels(signal);
    const chosen = installed === null ? nothingChosen : await readChosen(services, signal);
    const models = await listAll(services, installed ?? [], memory, signal);
    return {
      memory,
      models: markRecommended(
        models.map((model) => ({
          ...model,
          tasks: modelTaskSchema.options.filter((task) => isSameModel(chosen[task] ?? '', model.name)),
        })),
      ),
      chosen,
      gone: findGone(services, installed),
      runtime: {
        isReady: installed !== null,
        message:
          installed === null
            ? 'The local model runtime does not answer. Everything but chat, ideas and descriptions works without it.'
            : null,
      },
    };
  },
};

export const chooseChatModel: ChangeHandler<'choose-chat-model'> = {
  async prepare({ task, name }, services) {
    if (name !== null) await assertCanChat(services, name);
    return () => {
      services.settings.update({ [settingOf[task]]: name });
      return { output: { task, name }, entityId: name };
    };
  },
};

export const pullChatModel: DurableHandler<'pull-chat-model'> = {
  record:
    ({ name }, { chatModels }) =>
    () => {
      const workflowId = workflowIds.pullChatModel(name);
      if (chatModels.find(name)?.state === 'downloading') {
        return { entityId: name, workflowId, message: `${name} is being downloaded already.`, messages: [] };
      }
      chatModels.beginDownload(name, findOffer(name)?.sizeBytes ?? 0);
      return {
        entityId: name,
        workflowId,
        message: `${name} will be downloaded. It goes on after network loss and restarts.`,
        messages: [startChatModelPull(name)],
      };
    },
};

export const stopChatModelPull: DurableHandler<'stop-chat-model-pull'> = {
  record:
    ({ name }, { chatModels }) =>
    () => {
      if (chatModels.find(name)?.state !== 'downloading') {
        throw wrongState('This model is not being downloaded. Nothing was changed.', { name });
      }
      chatModels.setStopped(name);
      const workflowId = workflowIds.pullChatModel(name);
      return {
        entityId: name,
        workflowId,
        message: `The download of ${name} stops. What arrived is kept for the next try.`,
        messages: [cancelWorkflow(workflowId)],
      };
    },
};

/**
 * The runtime deletes first: a row without its model would be a lie, a model without its row is only an installed one.
 * Whoever deletes a model does not want it for a task any more either.
 */
export const deleteChatModel: ChangeHandler<'delete-chat-model'> = {
  async prepare({ name }, { localModels, chatModels, settings }) {
    const row = chatModels.find(name);
    const signal = AbortSignal.timeout(lookWithinMs);
    const installed = await localModels.runtime.listModels(signal);
    const isInstalled = installed?.some((model) => isSameModel(model.name, name)) === true;
    if (row === undefined && !isInstalled) throw recordNotFound('This chat model', name);
    if (isInstalled) await localModels.runtime.remove(name, signal);
    return () => {
      chatModels.remove(name);
      const chosen = settings.read();
      for (const task of modelTaskSchema.options) {
        if (isSameModel(chosen[settingOf[task]] ?? '', name)) settings.update({ [settingOf[task]]: null });
      }
      return {
        output: { removed: true },
        entityId: name,
        messages: row?.state === 'downloading' ? [cancelWorkflow(workflowIds.pullChatModel(name))] : [],
      };
    };
  },
};

async function listAll(
  { localModels, chatModels }: CommandServices,
  installed: readonly InstalledModel[],
  memory: MachineMemory,
  signal: AbortSignal,
): Promise<LocalModel[]> {
  const present = await Promise.all(
    installed.map(async (model) =>
      fromInstalled(model, await inspectIfThere(localModels.runtime.inspect, model, signal), memory),
    ),
  );
  const isPresent = (name: string): boolean => present.some((model) => isSameModel(model.name, name));
  const rows = chatModels.list().filter(({ name, state }) => !isPresent(name) && state !== 'installed');
  const offers = chatModelCatalogue.filter(
    ({ name }) => !isPresent(name) && !rows.some((row) => isSameModel(row.name, name)),
  );
  return [
    ...present,
    ...rows.map((row) => fromRow(row, memory)),
    ...offers.map((offer) => fromOffer(offer, memory)),
  ];
}

async function inspectIfThere(
  inspect: CommandServices['localModels']['runtime']['inspect'],
  model: InstalledModel,
  signal: AbortSignal,
): Promise<ModelFacts | null> {
  try {
    return await inspect(model, signal);
  } catch (error) {
    if (error instanceof AppError) return null; // Deleted in this moment, or a file that the runtime cannot read.
    throw error;
  }
}

const emptyProgress = { downloadedBytes: 0, remainingMs: null, error: null, updatedAt: null } as const;

function fromInstalled(model: InstalledModel, facts: ModelFacts | null, memory: MachineMemory): LocalModel {
  const { name, sizeBytes, parameterSize } = model;
  return {
    ...emptyProgress,
    name,
    description: findOffer(name)?.description ?? null,
    state: 'installed',
    sizeBytes,
    parameterSize,
    contextTokens: facts?.contextTokens ?? null,
    capabilities: facts?.capabilities ?? [],
    fit: judge({ sizeBytes, ...facts }, memory),
    isRecommended: false,
    tasks: [],
    downloadedBytes: sizeBytes,
  };
}

function fromRow(row: ChatModelRow, memory: MachineMemory): LocalModel {
  const { name, state, downloadedBytes, remainingMs, error, updatedAt } = row;
  const offer = findOffer(name);
  const sizeBytes = Math.max(row.sizeBytes, offer?.sizeBytes ?? 0);
  return {
    name,
    description: offer?.description ?? null,
    state,
    sizeBytes,
    parameterSize: offer?.parameterSize ?? null,
    contextTokens: offer?.contextTokens ?? null,
    capabilities: offer?.capabilities ?? [],
    fit: judge({ ...offer, sizeBytes }, memory),
    isRecommended: false,
    tasks: [],
    downloadedBytes,
    remainingMs,
    error,
    updatedAt,
  };
}

function fromOffer(offer: ChatModelOffer, memory: MachineMemory): LocalModel {
  const { name, description, sizeBytes, parameterSize, contextTokens, capabilities } = offer;
  return {
    ...emptyProgress,
    name,
    description,
    state: 'available',
    sizeBytes,
    parameterSize,
    contextTokens,
    capabilities,
    fit: judge(offer, memory),
    isRecommended: false,
    tasks: [],
  };
}

function judge(
  facts: { sizeBytes: number; contextTokens?: number; contextBytesPerToken?: number },
  memory: MachineMemory,
): LocalModel['fit'] {
  const {
    sizeBytes,
    contextTokens = usualContextTokens,
    contextBytesPerToken = unknownBytesPerToken,
  } = facts;
  return judgeFit(
    { sizeBytes, contextTokens: Math.min(contextTokens, usualContextTokens), contextBytesPerToken },
    memory,
  );
}

/** The largest on offer that uses no more than half of the memory, can chat and knows tools. */
function markRecommended(models: LocalModel[]): LocalModel[] {
  const best = models
    .filter(
      ({ capabilities, fit }) =>
        capabilities.includes('chat') && capabilities.includes('tools') && fit.verdict === 'fits',
    )
    .filter(({ name }) => findOffer(name) !== undefined)
    .toSorted((left, right) => right.sizeBytes - left.sizeBytes)
    .find(({ sizeBytes }) => sizeBytes <= largestComfortableBytes);
  return models.map((model) => ({ ...model, isRecommended: model === best }));
}

/** Larger ones answer too slowly on a laptop to talk with. */
const largestComfortableBytes = 3_000_000_000;

function findOffer(name: string): ChatModelOffer | undefined {
  return chatModelCatalogue.find((offer) => isSameModel(offer.name, name));
}

async function readChosen(
  { localModels }: CommandServices,
  signal: AbortSignal,
): Promise<Record<ModelTask, string | null>> {
  const [chat, describe, ideas] = await Promise.all(
    modelTaskSchema.options.map((task) => localModels.findModel(task, { signal })),
  );
  return { chat: chat ?? null, describe: describe ?? null, ideas: ideas ?? null };
}

/** Nothing is said while the runtime is away: then nobody knows. */
function findGone(
  { settings }: CommandServices,
  installed: readonly InstalledModel[] | null,
): Record<ModelTask, string | null> {
  const chosen = settings.read();
  const goneOf = (task: ModelTask): string | null => {
    const name = chosen[settingOf[task]];
    const isThere = installed?.some((model) => isSameModel(model.name, name ?? '')) ?? true;
    return isThere ? null : name;
  };
  return { chat: goneOf('chat'), describe: goneOf('describe'), ideas: goneOf('ideas') };
}

async function assertCanChat({ localModels: { runtime } }: CommandServices, name: string): Promise<void> {
  const signal = AbortSignal.timeout(lookWithinMs);
  const installed = await runtime.listModels(signal);
  if (installed === null) throw toModelError(new Error('nothing answers'), name);
  const model = installed.find((each) => isSameModel(each.name, name));
  if (model === undefined) throw toModelError(new RuntimeRefusal(404, 'not among the installed ones'), name);
  const { capabilities } = await runtime.inspect(model, signal);
  if (capabilities.includes('chat')) return;
  throw wrongState(`${name} cannot write texts. The choice is as before. Choose another model.`, { name });
}
