import type { MachineMemory, ModelTask } from '../../src-shared/domain/chat-model.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { judgeFit } from '../../src-shared/domain/memory-fit.ts';
import { preferredModelName, type Settings } from '../../src-shared/domain/settings.ts';
import { readMachineMemory } from './machine-memory.ts';
import { noChatModel, toModelError } from './model-errors.ts';
import { isSameModel, type ModelRuntime, type Patience } from './model-runtime.ts';
import type {
  AskModel,
  ChatPart,
  ChatRequest,
  InstalledModel,
  LoadedModel,
  ModelFacts,
  ModelToAsk,
} from './model-types.ts';

/** Larger contexts cost memory and time that a laptop needs for other things. */
const largestContextTokens = 8_192;
/** With less than this, no question fits beside its answer. */
const smallestContextTokens = 2_048;

/** A model that was chosen, is installed and fits into memory: ready to be asked. */
export interface OpenModel {
  readonly name: string;
  /** Room for question and answer together, as memory allows. The same for every task, or it would be loaded anew. */
  readonly contextTokens: number;
  /** What the model could take at most. */
  readonly modelContextTokens: number;
  /** Whether `tools` may be given; without, ask with a schema that has the tools' names as its choices. */
  readonly supportsTools: boolean;
  /** One whole answer in a given form: what {@link askStructured} takes. */
  readonly ask: AskModel;
  /** One answer as it comes. Ending the loop, or the signal, ends the work of the model within a moment. */
  readonly streamChat: (request: Omit<ChatRequest, 'contextTokens'>) => AsyncGenerator<ChatPart>;
}

/**
 * The one way to a local model, for chat, think commands and describing alike:
 *
 * ```ts
 * const model = await localModels.openModel('ideas', { signal });
 * const ideas = await askStructured(model.ask, { schema, messages, contextTokens: model.contextTokens, answerTokens: 400 });
 * for await (const part of model.streamChat({ messages, answerTokens: 800 })) …
 * ```
 */
export interface LocalModels {
  readonly runtime: ModelRuntime;
  /**
   * Checks everything that can be checked before the model is loaded. The signal ends all that is asked through it.
   * @throws AppError `dependency.model-runtime-missing`, `dependency.chat-model-missing`, `dependency.chat-model-too-large`
   */
  openModel: (task: ModelTask, options: { signal: AbortSignal }) => Promise<OpenModel>;
  /** The model that a task would use: the chosen one if it is installed, else the first; null where there is none. */
  findModel: (task: ModelTask, options: { signal: AbortSignal }) => Promise<string | null>;
  /** The first installed model that makes vectors of texts; null where there is none. */
  findEmbeddingModel: (options: { signal: AbortSignal }) => Promise<string | null>;
  readMemory: () => MachineMemory;
}

export interface LocalModelsOptions {
  runtime: ModelRuntime;
  readSettings: () => Settings;
  readMemory?: () => MachineMemory;
}

export function createLocalModels(options: LocalModelsOptions): LocalModels {
  const { runtime, readSettings, readMemory = readMachineMemory } = options;

  async function listWith(
    capability: 'chat' | 'embedding',
    signal: AbortSignal,
    patience?: Patience,
  ): Promise<InstalledModel[] | null> {
    const installed = await runtime.listModels(signal, patience);
    if (installed === null) return null;
    const facts = await Promise.all(
      installed.map(async (model) => {
        try {
          return (await runtime.inspect(model, signal)).capabilities;
        } catch (error) {
          // Deleted in this moment, or a runtime that is ending: not there for this question.
          if (error instanceof AppError) return [];
          throw error;
        }
      }),
    );
    return installed.filter((_model, index) => facts[index]?.includes(capability) === true);
  }

  function choose(models: readonly InstalledModel[], task: ModelTask): InstalledModel | undefined {
    const preferred = preferredModelName(readSettings(), task);
    return models.find(({ name }) => preferred !== null && isSameModel(name, preferred)) ?? models[0];
  }

  return {
    runtime,
    readMemory,

    async findModel(task, { signal }) {
      return choose((await listWith('chat', signal)) ?? [], task)?.name ?? null;
    },

    async findEmbeddingModel({ signal }) {
      return (await listWith('embedding', signal))?.[0]?.name ?? null;
    },

    async openModel(task, { signal }) {
      const [models, loaded] = await Promise.all([
        listWith('chat', signal, 'begin'),
        runtime.listLoaded(signal, 'begin'),
      ]);
      if (models === null || loaded === null) throw toModelError(new Error('nothing answers'), null);
      const model = choose(models, task);
      if (model === undefined) throw noChatModel();
      const facts = await runtime.inspect(model, signal);
      const contextTokens = settleContext(model, facts, loaded);
      const asked = { name: model.name, isThinker: facts.capabilities.includes('thinking') };
      return {
        name: model.name,
        contextTokens,
        modelContextTokens: facts.contextTokens,
        supportsTools: facts.capabilities.includes('tools'),
        ask: (request) => askWhole(runtime, asked, request, signal),
        streamChat: (request) => runtime.streamChat(asked, { ...request, contextTokens }, signal),
      };
    },
  };

  /** As it is loaded now, where it is; else the largest context that there is memory for. */
  function settleContext(
    { name, sizeBytes }: InstalledModel,
    facts: ModelFacts,
    loadedModels: readonly LoadedModel[],
  ): number {
    const largest = Math.min(facts.contextTokens, largestContextTokens);
    const loaded = loadedModels.find((model) => isSameModel(model.name, name));
    if (loaded !== undefined) {
      const present = loaded.contextTokens ?? largest;
      return present < Math.min(smallestContextTokens, largest) ? largest : Math.min(present, largest);
    }
    const memory = readMemory();
    for (let contextTokens = largest; ; contextTokens = Math.floor(contextTokens / 2)) {
      const { contextBytesPerToken } = facts;
      const fit = judgeFit({ sizeBytes, contextTokens, contextBytesPerToken }, memory);
      if (fit.verdict === 'fits') return contextTokens;
      if (contextTokens / 2 < smallestContextTokens)
        throw tooLarge(name, fit.reason, fit.neededBytes, memory);
    }
  }
}

async function askWhole(
  runtime: ModelRuntime,
  model: ModelToAsk,
  request: Parameters<AskModel>[0],
  signal: AbortSignal,
): ReturnType<AskModel> {
  let text = '';
  for await (const part of runtime.streamChat(model, request, signal)) {
    if (part.kind === 'text') text += part.textDelta;
    if (part.kind === 'end') return { text, isCutOff: part.isCutOff };
  }
  throw toModelError(new Error('the answer ended before it was complete'), model.name);
}

function tooLarge(model: string, reason: string, neededBytes: number, memory: MachineMemory): AppError {
  return new AppError({
    code: 'dependency.chat-model-too-large',
    userMessage: `The chat model ${model} was not loaded. ${reason} What you have is kept. Choose a smaller model under Settings, Models, or close other programs.`,
    retry: 'user',
    details: { model, neededBytes, ...memory },
  });
}
