import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { z } from 'zod';
import { toDataFolderError } from '../../../src-node/data-folder.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { speechModelIdSchema } from '../../../src-shared/domain/model.ts';
import { downloadFile, type DownloadOptions } from './download-file.ts';
import { inspectModel } from './inspect-model.ts';
import { findInCatalogue, type CatalogueModel } from './model-catalogue.ts';
import { listHubFiles, officialHubUrl } from './model-hub.ts';
import { DownloadSpeedometer } from './download-speedometer.ts';

/** The bundled model is the catalogue's entry of this name. */
export const bundledModelId = 'base';

export interface SpeechModelStoreOptions {
  /** `<data folder>/models`. */
  modelsFolder: string;
  /** The read-only model that came with the app: the native part `whisperModel`, where it is there. */
  bundledModelPath?: string | undefined;
  hubUrl?: string;
  download?: Pick<DownloadOptions, 'longestSilenceMs' | 'pauseMs'>;
}

export interface InstalledSpeechModel {
  modelId: string;
  name: string;
  /** A CTranslate2 folder or a ggml file: what `createSpeechEngine` takes. */
  path: string;
  sizeBytes: number;
  languages: 'multilingual' | 'english';
  source: 'bundled' | 'downloaded' | 'imported';
}

export interface ModelDownloadProgress {
  downloadedBytes: number;
  sizeBytes: number;
  /** Null while nothing can be said. */
  remainingMs: number | null;
}

/** Kept beside each installed model. */
const labelSchema = z.object({
  name: z.string(),
  /** The file or folder in the model's own folder; "." for the folder itself. */
  path: z.string(),
  sizeBytes: z.int().nonnegative(),
  languages: z.enum(['multilingual', 'english']),
  source: z.enum(['downloaded', 'imported']),
});
type ModelLabel = z.infer<typeof labelSchema>;

const labelName = 'longhand-model.json';
/** Begins with what no model id may begin with. */
const unfinishedPrefix = '.unfinished-';

/** Speech models on disk: `<data folder>/models/speech/<model id>/`, and the one that came with the app. */
export class SpeechModelStore {
  readonly #folder: string;
  readonly #options: SpeechModelStoreOptions;

  constructor(options: SpeechModelStoreOptions) {
    this.#folder = join(options.modelsFolder, 'speech');
    this.#options = options;
  }

  /** Everything that can be used now, by id. */
  async list(): Promise<InstalledSpeechModel[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const own = await Promise.all(names.map((name) => this.#readInstalled(name)));
    const installed = own.filter((model) => model !== undefined);
    if (!installed.some(({ modelId }) => modelId === bundledModelId)) {
      const bundled = await this.#readBundled();
      if (bundled !== undefined) installed.push(bundled);
    }
    return installed.sort((left, right) => (left.modelId < right.modelId ? -1 : 1));
  }

  /**
   * Where an installed model is.
   * @throws AppError `dependency.speech-model-missing`
   */
  async locate(modelId: string): Promise<string> {
    const found =
      (await this.#readInstalled(modelId)) ??
      (modelId === bundledModelId ? await this.#readBundled() : undefined);
    if (found !== undefined) return found.path;
    throw new AppError({
      code: 'dependency.speech-model-missing',
      userMessage: `The speech model "${modelId}" is not installed. Your recordings are kept and wait. Download it in Settings, or choose another one.`,
      retry: 'user',
      details: { modelId },
    });
  }

  /**
   * Downloads a model of the catalogue. What arrives is kept over aborts, network loss and restarts.
   * @throws AppError `input.not-found`, `dependency.download-failed`, `dependency.hash-mismatch`, `storage.*`
   */
  async download(
    modelId: string,
    options: { signal?: AbortSignal; onProgress?: (progress: ModelDownloadProgress) => void } = {},
  ): Promise<{ sizeBytes: number }> {
    const entry = requireInCatalogue(modelId);
    const hubUrl = this.#options.hubUrl ?? officialHubUrl;
    const signalOption = options.signal ? { signal: options.signal } : {};
    const files = await listHubFiles(entry.repository, { hubUrl, ...signalOption });
    const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
    const staging = await this.#makeFolder(`${unfinishedPrefix}${modelId}`);
    const speedometer = new DownloadSpeedometer(sizeBytes);
    let finishedBytes = 0;
    for (const file of files) {
      const path = join(staging, file.name);
      const pinned = file.name === 'model.bin' && entry.sha256 !== undefined;
      const hash = pinned ? { kind: 'sha256' as const, value: entry.sha256 ?? '' } : file.hash;
      const report = (fileBytes: number): void =>
        options.onProgress?.(speedometer.measure(finishedBytes + fileBytes));
      if (!(await exists(path))) {
        await downloadFile(
          { ...file, path, hash },
          { ...this.#options.download, ...signalOption, onProgress: report },
        );
      }
      finishedBytes += file.sizeBytes;
      report(0);
    }
    const { isMultilingual } = await inspectModel(staging);
    await this.#install(modelId, staging, {
      name: entry.name,
      path: '.',
      sizeBytes,
      languages: isMultilingual ? 'multilingual' : 'english',
      source: 'downloaded',
    });
    return { sizeBytes };
  }

  /**
   * Copies a model from elsewhere into the library, after checking that it is one.
   * @param sourcePath a CTranslate2 folder or a ggml file
   * @throws AppError `input.not-a-model`, `dependency.speech-model-missing`, `storage.disk-full`
   */
  async importModel(sourcePath: string): Promise<InstalledSpeechModel> {
    const { format, isMultilingual, sizeBytes } = await inspectModel(sourcePath);
    const title = basename(sourcePath, format === 'ggml' ? extname(sourcePath) : '');
    const modelId = await this.#chooseId(title);
    const staging = await this.#makeFolder(`${unfinishedPrefix}${modelId}`);
    const fileName = format === 'ggml' ? 'ggml-model.bin' : '.';
    try {
      await cp(sourcePath, join(staging, fileName), { recursive: true });
    } catch (error) {
      await rm(staging, { recursive: true, force: true });
      throw toDataFolderError(error, staging);
    }
    await this.#install(modelId, staging, {
      name: title,
      path: fileName,
      sizeBytes,
      languages: isMultilingual ? 'multilingual' : 'english',
      source: 'imported',
    });
    const installed = await this.#readInstalled(modelId);
    if (installed === undefined) throw new Error(`the imported model ${modelId} is not where it was put`);
    return installed;
  }

  /**
   * Frees the space of an installed or half-downloaded model. The caller says which one is in use.
   * @throws AppError `input.not-allowed` for the bundled model and the one in use, `input.not-found`
   */
  async remove(modelId: string, options: { modelIdInUse: string | null }): Promise<void> {
    if (modelId === options.modelIdInUse) {
      throw createRefusal(modelId, 'it is in use. Choose another model first');
    }
    const unfinished = join(this.#folder, `${unfinishedPrefix}${modelId}`);
    const installed = await this.#readInstalled(modelId);
    if (installed === undefined && !(await exists(unfinished))) {
      if (modelId === bundledModelId) throw createRefusal(modelId, 'it came with Longhand');
      throw new AppError({
        code: 'input.not-found',
        userMessage: `There is no speech model "${modelId}" to delete. Nothing was changed.`,
        retry: 'never',
        details: { modelId },
      });
    }
    await rm(unfinished, { recursive: true, force: true });
    if (installed !== undefined) await rm(join(this.#folder, modelId), { recursive: true, force: true });
  }

  async #readInstalled(modelId: string): Promise<InstalledSpeechModel | undefined> {
    if (!speechModelIdSchema.safeParse(modelId).success) return undefined;
    const folder = join(this.#folder, modelId);
    const text = await readFile(join(folder, labelName), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const label = labelSchema.safeParse(parseJson(text));
    return label.success ? { ...label.data, modelId, path: join(folder, label.data.path) } : undefined;
  }

  async #readBundled(): Promise<InstalledSpeechModel | undefined> {
    const path = this.#options.bundledModelPath;
    const entry = findInCatalogue(bundledModelId);
    if (path === undefined || entry === undefined || !(await exists(path))) return undefined;
    const { sizeBytes, isMultilingual } = await inspectModel(path);
    const languages = isMultilingual ? 'multilingual' : 'english';
    return { modelId: bundledModelId, name: entry.name, path, sizeBytes, languages, source: 'bundled' };
  }

  async #makeFolder(name: string): Promise<string> {
    const path = join(this.#folder, name);
    try {
      await mkdir(path, { recursive: true });
    } catch (error) {
      throw toDataFolderError(error, path);
    }
    return path;
  }

  /** The folder gets its name only when everything in it is there. */
  async #install(modelId: string, staging: string, label: ModelLabel): Promise<void> {
    const target = join(this.#folder, modelId);
    try {
      await writeFile(join(staging, labelName), `${JSON.stringify(label, null, 2)}\n`);
      await rm(target, { recursive: true, force: true });
      await rename(staging, target);
    } catch (error) {
      throw toDataFolderError(error, target);
    }
  }

  /** From a file's name; never one that is taken, nor one of the catalogue. */
  async #chooseId(title: string): Promise<string> {
    const base =
      title
        .toLowerCase()
        .replace(/[^a-z0-9._-]+/g, '-')
        .replace(/^[^a-z0-9]+/, '')
        .slice(0, 50) || 'model';
    const taken = new Set(await readdir(this.#folder).catch(() => []));
    for (let number = 1; ; number += 1) {
      const candidate = number === 1 ? base : `${base}-${number}`;
      if (!taken.has(candidate) && findInCatalogue(candidate) === undefined) return candidate;
    }
  }
}

function requireInCatalogue(modelId: string): CatalogueModel {
  const entry = findInCatalogue(modelId);
  if (entry !== undefined) return entry;
  throw new AppError({
    code: 'input.not-found',
    userMessage: `There is no speech model "${modelId}" on offer. Nothing was changed. Choose one from the list.`,
    retry: 'never',
    details: { modelId },
  });
}

function createRefusal(modelId: string, because: string): AppError {
  return new AppError({
    code: 'input.not-allowed',
    userMessage: `The speech model "${modelId}" was not deleted: ${because}.`,
    retry: 'never',
    details: { modelId },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // A damaged label counts as none: the model can be downloaded again.
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
