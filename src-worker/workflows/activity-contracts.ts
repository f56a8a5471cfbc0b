import type { IngestStepName } from '../../src-shared/domain/asset.ts';
import type { AppErrorDto } from '../../src-shared/domain/errors.ts';
import type { RepeatableWork } from '../../src-shared/domain/workflows.ts';

/**
 * What the workflows ask of the activities. Inputs and answers go into histories: ids and small values only, and a
 * change here must keep the recorded histories replayable.
 *
 * Every activity that fails does so with an `ApplicationFailure` whose type is the error's code and whose first detail
 * is an `AppErrorDto`.
 */
export interface AssetInput {
  assetId: string;
}

export interface ProbeOutcome {
  kind: 'audio' | 'video' | 'image';
  /** Why there is nothing to transcribe; null where there is. */
  noSoundNote: string | null;
}

/** How an asset is to be described: by the model, from its file name and date alone, later, or not at all now. */
export type DescriptionPlan = 'with-model' | 'from-metadata' | 'deferred';

/** Short reads and writes of the database. */
export interface QuickIngestActivities {
  skipStep(input: AssetInput & { step: IngestStepName; note: string }): Promise<void>;
  planDescription(input: AssetInput & { isAskedFor: boolean }): Promise<DescriptionPlan>;
  describeFromMetadata(input: AssetInput): Promise<void>;
  queueForReview(input: AssetInput): Promise<void>;
  /** `endsIngest`: the asset has failed; otherwise only the step has. */
  recordFailure(
    input: AssetInput & { step: IngestStepName; error: AppErrorDto; endsIngest: boolean },
  ): Promise<void>;
  /** `endsIngest`: the asset is cancelled; otherwise only the step is. */
  recordCancellation(input: AssetInput & { endsIngest: boolean }): Promise<void>;
}

export interface QuickWantedActivities {
  /** Whether the database has no outcome of this work, or waits for another. `id`: of what it is about. */
  isWanted(input: { work: RepeatableWork; id: string }): Promise<boolean>;
}

/** Work on files: takes seconds to minutes. */
export interface MediaActivities {
  registerAsset(input: AssetInput): Promise<'registered' | 'duplicate'>;
  probeAsset(input: AssetInput): Promise<ProbeOutcome>;
  previewAsset(input: AssetInput): Promise<void>;
}

export interface TranscriptionActivities {
  transcribeAsset(input: AssetInput): Promise<void>;
}

export interface ModelActivities {
  describeWithModel(input: AssetInput): Promise<void>;
}

/** A file in a watched folder that has stopped growing. */
export interface FoundFile {
  path: string;
  sizeBytes: number;
  /** ISO 8601, UTC. */
  modifiedAt: string;
}

export type WatchOutcome =
  { state: 'found'; files: FoundFile[] } | { state: 'nothing-new' } | { state: 'removed' };

export interface WatchActivities {
  /** Ends with the next few files to import, after some hours with none, or once the folder is watched no more. */
  awaitNewFiles(input: { folderId: string }): Promise<WatchOutcome>;
}

export interface QuickWatchActivities {
  importFile(input: { folderId: string; file: FoundFile }): Promise<void>;
  recordFolderProblem(input: { folderId: string; error: AppErrorDto }): Promise<void>;
}

export interface PostPlan {
  /** What is to be done now, for each target that something is to be done for. */
  work: { targetId: string; step: 'prepare' | 'publish' | 'measure' | 'delete' }[];
  /** How long nothing is to be done by itself; null where nothing has a time. */
  waitMs: number | null;
  /** Nothing goes on by itself any more. */
  isOver: boolean;
}

export interface PublishingActivities {
  /** Reads the post again and decides from what is recorded. `isFirst`: the workflow has just been started. */
  planPost(input: { postId: string; isFirst: boolean }): Promise<PostPlan>;
  /** Each records its own outcome; the next plan follows from that. */
  prepareTarget(input: { targetId: string }): Promise<void>;
  publishTarget(input: { targetId: string }): Promise<void>;
  measureTarget(input: { targetId: string }): Promise<void>;
  deleteTarget(input: { targetId: string }): Promise<void>;
}

export interface RenderingActivities {
  renderVariant(input: { renderingId: string }): Promise<void>;
}

export interface QuickRenderingActivities {
  recordRenderingFailure(input: { renderingId: string; error: AppErrorDto }): Promise<void>;
  recordRenderingCancelled(input: { renderingId: string }): Promise<void>;
}

export interface TransferActivities {
  downloadSpeechModel(input: { modelId: string }): Promise<void>;
}

export interface QuickModelActivities {
  recordModelInstalled(input: { modelId: string }): Promise<void>;
  recordModelStopped(input: { modelId: string }): Promise<void>;
  recordModelFailure(input: { modelId: string; error: AppErrorDto }): Promise<void>;
}

export type ExpiryAnswer = { state: 'expired' | 'decided' } | { state: 'waiting'; remainingMs: number };

export interface QuickApprovalActivities {
  /** Ends a request for approval whose time is over, once. */
  expireApproval(input: { approvalId: string }): Promise<ExpiryAnswer>;
}

export interface ChatModelActivities {
  downloadChatModel(input: { name: string }): Promise<void>;
}

export interface QuickChatModelActivities {
  recordChatModelInstalled(input: { name: string }): Promise<void>;
  recordChatModelStopped(input: { name: string }): Promise<void>;
  recordChatModelFailure(input: { name: string; error: AppErrorDto }): Promise<void>;
}
