import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { SpeechModelRow } from '../../src-data/speech-models.ts';
import { resolveNativePart } from '../../src-node/native-parts.ts';
import { describeSpeechModelFolder } from '../../src-node/speech-model-files.ts';
import { recordNotFound } from '../../src-data/database-errors.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { speechModelIdSchema, type SpeechModel } from '../../src-shared/domain/model.ts';
import {
  bundledSpeechModelId,
  findInCatalogue,
  speechModelCatalogue,
  type CatalogueEntry,
} from '../../src-shared/domain/speech-model-catalogue.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import { inspectModel } from '../../src-worker/adapters/speech/inspect-model.ts';
import { cancelWorkflow, startModelPull } from '../boundary/start-messages.ts';
import type { ChangeHandler, DurableHandler, QueryHandler } from './handler-types.ts';
import type { CommandServices } from './services.ts';
import { wrongState } from './wrong-state.ts';

export const listSpeechModels: QueryHandler<'list-speech-models'> = {
  answer: (_input, services) => ({ models: readSpeechModels(services) }),
};

export const pullSpeechModel: DurableHandler<'pull-speech-model'> = {
  record:
    ({ modelId }, services) =>
    () => {
      const entry = findInCatalogue(modelId);
      if (entry === undefined) throw recordNotFound(`A speech model called ${modelId}`, modelId);
      const present = findSpeechModel(services, modelId);
      const workflowId = workflowIds.pullSpeechModel(modelId);
      if (present?.state === 'installed') {
        return {
          entityId: modelId,
          workflowId,
          message: `${entry.name} is installed already.`,
          messages: [],
        };
      }
      services.models.beginDownload({ ...pickModel(entry), source: 'downloaded' });
      return {
        entityId: modelId,
        workflowId,
        message: `${entry.name} will be downloaded. It goes on after network loss and restarts.`,
        messages: [startModelPull(modelId)],
      };
    },
};

export const stopSpeechModelPull: DurableHandler<'stop-speech-model-pull'> = {
  record:
    ({ modelId }, { models }) =>
    () => {
      const row = models.find(modelId);
      if (row?.state !== 'downloading') {
        throw wrongState('This model is not being downloaded. Nothing was changed.', { modelId });
      }
      models.setStopped(modelId);
      const workflowId = workflowIds.pullSpeechModel(modelId);
      return {
        entityId: modelId,
        workflowId,
        message: `The download of ${row.name} stops. What arrived is kept for the next try.`,
        messages: [cancelWorkflow(workflowId)],
      };
    },
};

/** Copies the model beside the others first, so that it is there whole or not at all. */
export const importSpeechModel: ChangeHandler<'import-speech-model'> = {
  async prepare({ path }, services) {
    const sourcePath = resolve(path);
    const inspected = await inspectModel(sourcePath);
    const modelId = chooseModelId(services, sourcePath);
    const target = describeSpeechModelFolder(services.dataFolder, modelId);
    const arriving = join(services.dataFolder.scratchFolder, `import-${randomUUID()}`);
    try {
      const isFile = inspected.format === 'ggml';
      if (isFile) await mkdir(arriving, { recursive: true });
      await cp(sourcePath, isFile ? join(arriving, 'model.ggml') : arriving, { recursive: true });
      await inspectModel(isFile ? join(arriving, 'model.ggml') : arriving);
      await mkdir(dirname(target), { recursive: true });
      await rename(arriving, target);
    } finally {
      await rm(arriving, { recursive: true, force: true });
    }
    return () => {
      services.models.addInstalled({
        modelId,
        name: basename(sourcePath),
        languages: inspected.isMultilingual ? 'multilingual' : 'english',
        source: 'imported',
        sizeBytes: inspected.sizeBytes,
      });
      const model = findSpeechModel(services, modelId);
      if (model === undefined) throw recordNotFound('The imported model', modelId);
      return { output: model, entityId: modelId };
    };
  },
};

export const deleteSpeechModel: ChangeHandler<'delete-speech-model'> = {
  prepare:
    ({ modelId }, services) =>
    () => {
      const model = findSpeechModel(services, modelId);
      if (model === undefined || model.state === 'available') {
        throw recordNotFound('This speech model', modelId);
      }
      if (model.isInUse) {
        throw wrongState(`${model.name} is in use. Nothing was deleted. Choose another speech model first.`, {
          modelId,
        });
      }
      if (model.source === 'bundled') {
        throw wrongState(`${model.name} comes with Longhand and stays, so that it always works.`, {
          modelId,
        });
      }
      services.models.remove(modelId);
      return {
        output: { removed: true },
        entityId: modelId,
        messages: model.state === 'downloading' ? [cancelWorkflow(workflowIds.pullSpeechModel(modelId))] : [],
        afterCommit: () =>
          rm(describeSpeechModelFolder(services.dataFolder, modelId), { recursive: true, force: true }),
      };
    },
};

/** The model of this id, whether it is installed, on its way or on offer. */
export function findSpeechModel(services: CommandServices, modelId: string): SpeechModel | undefined {
  return readSpeechModels(services).find((model) => model.modelId === modelId);
}

function readSpeechModels(services: CommandServices): SpeechModel[] {
  const rows = new Map(services.models.list().map((row) => [row.modelId, row]));
  const { speechModelId } = services.settings.read();
  const offered = speechModelCatalogue.map((entry) => {
    const row = rows.get(entry.modelId);
    rows.delete(entry.modelId);
    return row === undefined ? fromCatalogue(entry) : fromRow(row, entry.description);
  });
  const imported = [...rows.values()].map((row) => fromRow(row, 'A model of your own.'));
  return [...offered, ...imported].map((model) => ({ ...model, isInUse: model.modelId === speechModelId }));
}

function fromCatalogue(entry: CatalogueEntry): SpeechModel {
  const isBundled = entry.modelId === bundledSpeechModelId && resolveNativePart('whisperModel') !== undefined;
  return {
    ...entry,
    source: isBundled ? 'bundled' : 'catalogue',
    state: isBundled ? 'installed' : 'available',
    isInUse: false,
    downloadedBytes: isBundled ? entry.sizeBytes : 0,
    remainingMs: null,
    error: null,
  };
}

function fromRow(row: SpeechModelRow, description: string): SpeechModel {
  const { modelId, name, sizeBytes, languages, source, state, downloadedBytes, remainingMs, error } = row;
  return {
    modelId,
    name,
    description,
    sizeBytes,
    languages,
    source,
    state,
    isInUse: false,
    downloadedBytes,
    remainingMs,
    error,
  };
}

function pickModel({ modelId, name, languages, sizeBytes }: CatalogueEntry) {
  return { modelId, name, languages, sizeBytes };
}

/** A name of its own for the imported model: from its file, and with a number where that is taken. */
function chooseModelId(services: CommandServices, path: string): string {
  const stem = basename(path, extname(path))
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/gu, '-')
    .replace(/^[^a-z0-9]+/u, '')
    .slice(0, 50);
  const base = stem === '' ? 'imported' : stem;
  for (let number = 1; number < 1000; number += 1) {
    const candidate = speechModelIdSchema.parse(number === 1 ? base : `${base}-${number}`);
    if (findSpeechModel(services, candidate) === undefined) return candidate;
  }
  throw new AppError({
    code: 'input.conflict',
    userMessage:
      'There are too many models of that name. Nothing was imported. Rename the file and try again.',
    retry: 'user',
    details: { base },
  });
}
