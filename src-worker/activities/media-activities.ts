import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AssetRow } from '../../src-data/assets.ts';
import { describeAssetFiles } from '../../src-node/asset-files.ts';
import { ingestStepNameSchema, type IngestStepName } from '../../src-shared/domain/asset.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { MediaProbe } from '../../src-shared/domain/media-probe.ts';
import type { MediaActivities, ProbeOutcome } from '../workflows/activity-contracts.ts';
import { readProbe } from './asset-facts.ts';
import type { WorkerDependencies } from './dependencies.ts';
import { runStep, type StepTask } from './run-step.ts';

/** Hashing takes the first half of registering where a copy follows. */
const halfWay = 0.5;
/** Share of the preview step that the thumbnail takes. */
const thumbnailShare = 0.2;

/** Steps on the file itself. Each finds in the database what was done before, so running one again does no harm. */
export function createMediaActivities(dependencies: WorkerDependencies): MediaActivities {
  const { assets, steps, transcripts, dataFolder, database, media } = dependencies;

  function isDone(assetId: string, step: IngestStepName): boolean {
    return steps.list(assetId).some((row) => row.step === step && row.state === 'done');
  }

  /** The file now holds something else: nothing that was made from it fits any more. */
  function forgetOldContent(assetId: string): void {
    transcripts.clear(assetId);
    assets.setRenditions(assetId, { hasThumbnail: false, hasWaveform: false });
    for (const step of ingestStepNameSchema.options) {
      if (step !== 'register') steps.set(assetId, step, { state: 'waiting', progress: null, note: null });
    }
  }

  function skipTheRest(assetId: string): void {
    const note = 'The library has this recording already.';
    for (const { step, state } of steps.list(assetId)) {
      if (state === 'waiting') steps.set(assetId, step, { state: 'skipped', note });
    }
  }

  async function readAndCopy(asset: AssetRow, { signal, report }: StepTask) {
    const { originalFolder } = describeAssetFiles(dataFolder, asset.assetId);
    const needsCopy = asset.storage === 'copy' && dirname(asset.path) !== originalFolder;
    const content = await media.readContent(asset.path, {
      signal,
      onProgress: (fraction) => report(needsCopy ? fraction * halfWay : fraction),
    });
    if (!needsCopy || isKnownContent(asset.assetId, content.contentHash)) return content;
    const copy = await media.copyOriginal(
      { sourcePath: asset.path, targetFolder: originalFolder, content },
      { signal, onProgress: (fraction) => report(halfWay + fraction * halfWay) },
    );
    return { ...content, ...copy };
  }

  /** A duplicate needs no copy. */
  function isKnownContent(assetId: string, contentHash: string): boolean {
    const known = assets.findByContentHash(contentHash);
    return known !== undefined && known.assetId !== assetId;
  }

  return {
    async registerAsset({ assetId }) {
      const before = assets.find(assetId);
      if (before?.status === 'duplicate') return 'duplicate';
      if (before?.status === 'failed' || before?.status === 'cancelled') steps.reopenIngest(assetId);
      if (before !== undefined && isDone(assetId, 'register') && (await fitsItsFile(before)))
        return 'registered';

      return runStep(dependencies, { assetId, step: 'register' }, async (task) => {
        const asset = assets.get(assetId);
        const content = await readAndCopy(asset, task).catch((thrown: unknown) => {
          if (thrown instanceof AppError && thrown.code === 'storage.vanished') {
            assets.setFileMissing(assetId, true);
          }
          throw thrown;
        });
        return database.transaction(() => {
          if (asset.contentHash !== null && asset.contentHash !== content.contentHash) {
            forgetOldContent(assetId);
          }
          const { duplicateOf } = assets.registerContent(assetId, content);
          if (duplicateOf === null) return 'registered';
          skipTheRest(assetId);
          return 'duplicate';
        });
      });
    },

    async probeAsset({ assetId }) {
      if (isDone(assetId, 'probe')) return outcomeOf(readProbe(assets.get(assetId)));
      return runStep(dependencies, { assetId, step: 'probe' }, async ({ signal, report, note }) => {
        const probe = await media.probe(assets.get(assetId).path, { signal, onProgress: report });
        const { kind, durationMs, capturedAt } = probe;
        assets.setProbe(assetId, { kind, durationMs, capturedAt: capturedAt?.instant ?? null, probe });
        if (probe.warnings.length > 0) note(probe.warnings.map((warning) => warning.userMessage).join(' '));
        return outcomeOf(probe);
      });
    },

    async previewAsset({ assetId }) {
      if (isDone(assetId, 'preview')) return;
      await runStep(dependencies, { assetId, step: 'preview' }, async ({ signal, report }) => {
        const asset = assets.get(assetId);
        const probe = readProbe(asset);
        const files = describeAssetFiles(dataFolder, assetId);
        await mkdir(files.folder, { recursive: true });
        if (!asset.hasThumbnail) {
          const hasThumbnail = await media.makeThumbnail(
            { sourcePath: asset.path, probe, destinationPath: files.thumbnail },
            { signal, onProgress: (fraction) => report(fraction * thumbnailShare) },
          );
          assets.setRenditions(assetId, { hasThumbnail });
        }
        if (probe.soundStreamIndex === null || asset.hasWaveform) return;
        const loudness = await media.measureSound(
          { sourcePath: asset.path, probe, waveformPath: files.waveform },
          { signal, onProgress: (fraction) => report(thumbnailShare + fraction * (1 - thumbnailShare)) },
        );
        assets.setLoudness(assetId, loudness);
        assets.setRenditions(assetId, { hasWaveform: true });
      });
    },
  };
}

function outcomeOf(probe: MediaProbe): ProbeOutcome {
  const noSoundNote =
    probe.kind === 'image'
      ? 'A picture: there is nothing to transcribe.'
      : probe.soundStreamIndex === null
        ? 'No sound in the file: there is nothing to transcribe.'
        : null;
  return { kind: probe.kind, noSoundNote };
}

/** Whether the file is, by size and time, still the one that was hashed. What is wrong with it, the next read says. */
async function fitsItsFile(asset: AssetRow): Promise<boolean> {
  if (asset.contentHash === null) return false;
  const file = await stat(asset.path).catch(() => null);
  return file?.size === asset.sizeBytes && file.mtime.toISOString() === asset.fileModifiedAt;
}
