import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { toDataFolderError, type DataFolder } from '../../../src-node/data-folder.ts';
import { describeSpeechModelFolder } from '../../../src-node/speech-model-files.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { bundledSpeechModelId } from '../../../src-shared/domain/speech-model-catalogue.ts';
import { downloadFile, type DownloadOptions } from './download-file.ts';
import { DownloadSpeedometer, type ModelDownloadProgress } from './download-speedometer.ts';
import { inspectModel } from './inspect-model.ts';
import { findHubModel, listHubFiles, officialHubUrl, type HubFile } from './model-hub.ts';

export interface SpeechModelStoreOptions {
  dataFolder: Pick<DataFolder, 'modelsFolder'>;
  /** The read-only model that came with the app: the native part `whisperModel`, where it is there. */
  bundledModelPath?: string | undefined;
  /** For tests. Default: the official hub. */
  hubUrl?: string;
  download?: Pick<DownloadOptions, 'longestSilenceMs' | 'pauseMs'>;
}

/** The last file of a download, and so the sign that a folder is complete. */
const weightsName = 'model.bin';
/** The name under which the import of a ggml file keeps it. */
const ggmlName = 'model.ggml';

/** Speech models on disk: one folder each in the data folder, and the one that came with the app. */
export class SpeechModelStore {
  readonly #options: SpeechModelStoreOptions;

  constructor(options: SpeechModelStoreOptions) {
    this.#options = options;
  }

  /**
   * Where an installed model is: what `createSpeechEngine` takes.
   * @throws AppError `dependency.speech-model-missing`
   */
  async locate(modelId: string): Promise<string> {
    const folder = this.#folderOf(modelId);
    if (await exists(join(folder, weightsName))) return folder;
    if (await exists(join(folder, ggmlName))) return join(folder, ggmlName);
    const { bundledModelPath } = this.#options;
    if (modelId === bundledSpeechModelId && bundledModelPath !== undefined) return bundledModelPath;
    throw new AppError({
      code: 'dependency.speech-model-missing',
      userMessage: `The speech model "${modelId}" is not installed. Your recordings are kept and wait. Download it in Settings, or choose another one.`,
      retry: 'user',
      details: { modelId },
    });
  }

  /**
   * Downloads a model of the catalogue into its folder. What arrives is kept over aborts, network loss and restarts;
   * to forget it, remove the folder.
   * @throws AppError `input.not-found`, `dependency.download-failed`, `dependency.hash-mismatch`, `storage.*`
   */
  async download(
    modelId: string,
    options: { signal?: AbortSignal; onProgress?: (progress: ModelDownloadProgress) => void } = {},
  ): Promise<{ sizeBytes: number }> {
    const model = findHubModel(modelId);
    const hubUrl = this.#options.hubUrl ?? officialHubUrl;
    const signal = options.signal ? { signal: options.signal } : {};
    const files = orderFiles(await listHubFiles(model, { hubUrl, ...signal }));
    const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
    const speedometer = new DownloadSpeedometer(sizeBytes);
    const folder = await this.#makeFolder(modelId);
    let finishedBytes = 0;
    for (const file of files) {
      const path = join(folder, file.name);
      const report = (fileBytes: number): void =>
        options.onProgress?.(speedometer.measure(finishedBytes + fileBytes));
      if (!(await exists(path))) {
        await downloadFile({ ...file, path }, { ...this.#options.download, ...signal, onProgress: report });
      }
      finishedBytes += file.sizeBytes;
      report(0);
    }
    await inspectModel(folder);
    return { sizeBytes };
  }

  #folderOf(modelId: string): string {
    return describeSpeechModelFolder(this.#options.dataFolder, modelId);
  }

  async #makeFolder(modelId: string): Promise<string> {
    const path = this.#folderOf(modelId);
    try {
      await mkdir(path, { recursive: true });
    } catch (error) {
      throw toDataFolderError(error, path);
    }
    return path;
  }
}

function orderFiles(files: readonly HubFile[]): HubFile[] {
  const isWeights = ({ name }: HubFile): boolean => name === weightsName;
  return [...files.filter((file) => !isWeights(file)), ...files.filter(isWeights)];
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
