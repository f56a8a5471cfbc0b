import { rm, stat } from 'node:fs/promises';
import type { DataFolder } from '../src-node/data-folder.ts';
import { requireNativePart, resolveNativePart } from '../src-node/native-parts.ts';
import { AppError } from '../src-shared/domain/errors.ts';
import type { FileContent, MediaPort, SpeechModelPort, TranscriptionPort } from './activities/ports.ts';
import { copyIntoLibrary } from './adapters/media/copy-into-library.ts';
import { hashFile } from './adapters/media/hash-file.ts';
import { makeThumbnail } from './adapters/media/make-thumbnail.ts';
import { measureSound } from './adapters/media/measure-sound.ts';
import type { MediaTools } from './adapters/media/media-tools.ts';
import { probeMedia } from './adapters/media/probe-media.ts';
import { waitUntilStable } from './adapters/media/wait-until-stable.ts';
import { SpeechModelStore } from './adapters/speech/models.ts';
import { transcribe } from './adapters/transcription.ts';

/** Found anew each time: setup may have brought a part meanwhile. */
function mediaTools(): MediaTools {
  return {
    ffmpegPath: requireNativePart('ffmpeg').path,
    ffprobePath: requireNativePart('ffprobe').path,
  };
}

/** The real media tools as the activities see them. */
export function createMediaPort(): MediaPort {
  async function readOnce(
    path: string,
    options: Parameters<MediaPort['readContent']>[1],
  ): Promise<FileContent> {
    const { sha256, sizeBytes } = await hashFile(path, options);
    const { mtime } = await stat(path);
    return { contentHash: sha256, sizeBytes, fileModifiedAt: mtime.toISOString() };
  }

  return {
    async readContent(path, options) {
      try {
        return await readOnce(path, options);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'media.changed') throw error;
        await waitUntilStable(path, { signal: options.signal });
        return readOnce(path, options);
      }
    },

    async copyOriginal({ sourcePath, targetFolder, content }, options) {
      // A copy that an interrupted attempt has left.
      await rm(targetFolder, { recursive: true, force: true });
      const copy = await copyIntoLibrary(sourcePath, targetFolder, options);
      if (
        copy.sizeBytes !== content.sizeBytes ||
        (copy.sha256 ?? content.contentHash) !== content.contentHash
      ) {
        throw new AppError({
          code: 'media.changed',
          userMessage:
            'The file changed while it was copied into the library. The original is untouched; it is tried again.',
          retry: 'auto',
        });
      }
      const { mtime } = await stat(copy.path);
      return { path: copy.path, fileModifiedAt: mtime.toISOString() };
    },

    probe: (path, options) => probeMedia(path, mediaTools(), options),

    async makeThumbnail({ sourcePath, probe, destinationPath }, options) {
      const target = { probe, thumbnailPath: destinationPath };
      const { outcome } = await makeThumbnail(sourcePath, mediaTools(), target, options);
      return outcome === 'made';
    },

    async measureSound({ sourcePath, probe, waveformPath }, options) {
      if (probe.soundStreamIndex === null) return { integratedLufs: null, truePeakDbtp: null, rangeLu: null };
      const sound = { streamIndex: probe.soundStreamIndex, durationMs: probe.durationMs, waveformPath };
      return (await measureSound(sourcePath, mediaTools(), sound, options)).loudness;
    },
  };
}

/** The real transcriber as the activities see it. */
export function createTranscriptionPort(): TranscriptionPort {
  return {
    ffmpegPath: () => requireNativePart('ffmpeg').path,
    async transcribe(request, { signal, onEvent }) {
      const result = await transcribe(request, { signal, onEvent });
      if (result.outcome !== 'cancelled') return result;
      signal.throwIfAborted();
      throw new Error('the transcription says it was cancelled, and nobody cancelled it');
    },
  };
}

/** Speech models in the data folder, and the one that comes with the app. */
export function createSpeechModelPort(dataFolder: DataFolder): SpeechModelPort {
  // Made anew each time: setup may have brought the bundled model meanwhile.
  const openStore = (): SpeechModelStore =>
    new SpeechModelStore({
      dataFolder,
      bundledModelPath: resolveNativePart('whisperModel')?.path,
    });
  return {
    locate: (modelId) => openStore().locate(modelId),
    download: (modelId, options) => openStore().download(modelId, options),
  };
}
