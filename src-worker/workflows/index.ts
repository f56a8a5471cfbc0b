// The single entry of the workflow bundle: every workflow a running history may name.
export { approvalExpiry } from './approval-expiry.ts';
export { describeAsset } from './describe-asset.ts';
export { ingestAsset } from './ingest-asset.ts';
export { pullChatModel } from './pull-chat-model.ts';
export { pullSpeechModel } from './pull-speech-model.ts';
export { renderVariant } from './render-variant.ts';
export { schedulePost } from './schedule-post.ts';
export { wakeUp } from './wake-up.ts';
export { watchFolder } from './watch-folder.ts';
