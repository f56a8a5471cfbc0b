import type { RepeatableWork } from '../src-shared/domain/workflows.ts';
import { createAssetRepository } from './assets.ts';
import { createChatModelRepository } from './chat-models.ts';
import type { LibraryDatabase } from './database.ts';
import { createRenderingRepository } from './renderings.ts';
import { createSpeechModelRepository } from './speech-models.ts';
import { createStepRepository } from './steps.ts';

/** Whether somebody waits for the outcome of work, by the id of what it is about. */
export function createWantedWork(database: LibraryDatabase): Record<RepeatableWork, (id: string) => boolean> {
  const assets = createAssetRepository(database);
  const steps = createStepRepository(database);
  const renderings = createRenderingRepository(database);
  const models = createSpeechModelRepository(database);
  const chatModels = createChatModelRepository(database);
  return {
    ingestAsset: (assetId) => assets.find(assetId)?.status === 'ingesting',
    describeAsset: (assetId) => steps.isOpen(assetId, 'describe'),
    renderVariant: (renderingId) => renderings.isOpen(renderingId),
    pullSpeechModel: (modelId) => models.find(modelId)?.state === 'downloading',
    pullChatModel: (name) => chatModels.find(name)?.state === 'downloading',
  };
}
