import { randomUUID } from 'node:crypto';
import type { AssetRow } from '../../src-data/assets.ts';
import { describeAssetFiles } from '../../src-node/asset-files.ts';
import type { TranscriptionActivities } from '../workflows/activity-contracts.ts';
import type { TranscribedChunk, TranscriptionEvent, TranscriptionRequest } from '../transcriber/protocol.ts';
import { readProbe } from './asset-facts.ts';
import type { WorkerDependencies } from './dependencies.ts';
import { runStep, type StepTask } from './run-step.ts';
import { withProgressMark } from './translate-error.ts';

/** Transcription, chunk by chunk. What is saved is never done again, whoever was killed. */
export function createTranscriptionActivities(dependencies: WorkerDependencies): TranscriptionActivities {
  const { assets, steps, transcripts, settings, dataFolder, transcription, speechModels } = dependencies;

  function saveChunk(assetId: string, chunk: TranscribedChunk): void {
    const { index, segments, ...position } = chunk;
    transcripts.saveChunk(
      assetId,
      { chunkIndex: index, ...position },
      segments.map((segment) => ({ ...segment, segmentId: randomUUID(), isEdited: false })),
    );
  }

  async function describeRequest(asset: AssetRow): Promise<TranscriptionRequest> {
    const probe = readProbe(asset);
    const { speechModelId, transcriptionLanguage } = settings.read();
    const savedChunks = transcripts.listSavedChunks(asset.assetId);
    return {
      sourcePath: asset.path,
      ...(probe.soundStreamIndex === null ? {} : { audioStreamIndex: probe.soundStreamIndex }),
      durationMs: probe.durationMs,
      modelDirectory: await speechModels.locate(speechModelId),
      ...(transcriptionLanguage === 'auto' ? {} : { language: transcriptionLanguage }),
      ffmpegPath: transcription.ffmpegPath(),
      scratchDirectory: describeAssetFiles(dataFolder, asset.assetId).scratchFolder,
      logsDirectory: dataFolder.logsFolder,
      resume: {
        savedChunks: savedChunks.map(({ chunkIndex, ...position }) => ({ index: chunkIndex, ...position })),
        ...(asset.language === null || savedChunks.length === 0
          ? {}
          : { language: { code: asset.language, probability: asset.languageProbability ?? 1 } }),
      },
    };
  }

  async function transcribe(assetId: string, { signal, report, note }: StepTask): Promise<void> {
    const request = await describeRequest(assets.get(assetId));
    const notes: string[] = [];
    const take = (event: TranscriptionEvent): void => {
      switch (event.type) {
        case 'engine':
          assets.setSpeechEngine(assetId, `${event.name} ${event.version}`);
          if (event.note !== undefined) notes.push(event.note);
          return;
        case 'language':
          assets.setLanguage(assetId, event.language, event.probability);
          return;
        case 'chunk':
          saveChunk(assetId, event.chunk);
          return;
        case 'progress':
          report(
            event.totalMs === null || event.totalMs === 0 ? null : event.processedMs / event.totalMs,
            event.remainingMs,
          );
          return;
        case 'warning':
          notes.push(event.userMessage);
      }
    };
    const summary = await transcription.transcribe(request, { signal, onEvent: take });
    assets.setHasSpeech(assetId, summary.outcome === 'speech');
    if (summary.outcome === 'no-speech') notes.unshift('No speech found.');
    if (notes.length > 0) note(notes.join(' '));
  }

  return {
    async transcribeAsset({ assetId }) {
      if (steps.list(assetId).some(({ step, state }) => step === 'transcribe' && state === 'done')) return;
      await runStep(dependencies, { assetId, step: 'transcribe' }, async (task) => {
        try {
          await transcribe(assetId, task);
        } catch (thrown) {
          if (task.signal.aborted) throw thrown;
          throw withProgressMark(thrown, transcripts.listSavedChunks(assetId).length);
        }
      });
    },
  };
}
