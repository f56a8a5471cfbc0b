/** Each queue has a worker of its own, so that long work on one never delays another. */
export const taskQueues = {
  /** Workflows of this version and their short activities; watching folders. */
  agent: 'agent',
  /** Hashing and ffmpeg. */
  media: 'media',
  /** One transcription at a time: it uses every core by itself. The others wait here, at no cost. */
  transcription: 'transcription',
  /** The local language model. */
  model: 'model',
  /** Due posts: workflows and their activities apart from everything that takes long. */
  publishing: 'publishing',
} as const;

/** Inputs are ids and small values: whatever is large stays in the database. */
export interface WorkflowInputs {
  ingestAsset: { assetId: string };
  describeAsset: { assetId: string };
  watchFolder: { folderId: string; isPaused: boolean };
  pullSpeechModel: { modelId: string };
  pullChatModel: { name: string };
  schedulePost: { postId: string };
  renderVariant: { renderingId: string };
  wakeUp: { at: string };
  approvalExpiry: { approvalId: string; expiresAt: string };
}

export type WorkflowType = keyof WorkflowInputs;

/** Work that comes to an end and can be asked for again after it: also while its last run is still closing. */
export const repeatableWork = [
  'ingestAsset',
  'describeAsset',
  'renderVariant',
  'pullSpeechModel',
  'pullChatModel',
] as const satisfies readonly WorkflowType[];
export type RepeatableWork = (typeof repeatableWork)[number];

/** Workflow ids derive from domain ids: starting the same thing twice finds the one that runs. */
export const workflowIds = {
  ingestAsset: (assetId: string) => `ingest:${assetId}`,
  describeAsset: (assetId: string) => `describe:${assetId}`,
  watchFolder: (folderId: string) => `watch-folder:${folderId}`,
  pullSpeechModel: (modelId: string) => `pull-speech-model:${modelId}`,
  pullChatModel: (name: string) => `pull-chat-model:${name}`,
  schedulePost: (postId: string) => `schedule-post:${postId}`,
  renderVariant: (renderingId: string) => `render-variant:${renderingId}`,
  wakeUp: (at: string) => `wake-up:${at}`,
  approvalExpiry: (approvalId: string) => `approval:${approvalId}`,
} as const satisfies Record<WorkflowType, (id: string) => string>;

/** Whether an answer with this workflow says that the creator is asked first. */
export function isApprovalWorkflow(workflowId: string): boolean {
  return workflowId.startsWith(workflowIds.approvalExpiry(''));
}

/** Signals a workflow understands. Ending one is a cancellation. */
export const workflowSignals = {
  pause: 'pause',
  resume: 'resume',
  decided: 'decided',
  /** To a run of repeatable work: it was asked for again. */
  askedAgain: 'asked-again',
} as const;

/** What a waiting workflow is told as a Temporal update: it reads the database again. */
export const workflowUpdates = { postChanged: 'post-changed' } as const;

export const temporalNamespace = 'longhand';
