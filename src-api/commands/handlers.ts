import { connectHandlers } from '../../src-connectors/handlers.ts';
import { thinkHandlers } from '../think/handlers.ts';
import { disconnectAccount, listAccounts } from './accounts/change-account.ts';
import { reconnectAccount, verifyAccount } from './accounts/connect-remote.ts';
import { updateAccount } from './accounts/update-account.ts';
import { protectVault, readVaultState, resetVault, unlockVault } from './accounts/vault.ts';
import { decideApproval, editApproval, listApprovals, readApproval } from './approvals.ts';
import { exportAudit, searchAudit, verifyAudit } from './audit.ts';
import { listBudgets, readLedger, removeBudget, setBudget } from './budgets.ts';
import { removeAsset, reviewAsset, updateAsset } from './change-asset.ts';
import { readDiagnostics } from './diagnostics.ts';
import {
  chooseChatModel,
  deleteChatModel,
  listChatModels,
  pullChatModel,
  stopChatModelPull,
} from '../chat/chat-model-commands.ts';
import { chatHandlers } from '../chat/handlers.ts';
import { editTranscript } from './edit-transcript.ts';
import { createGrant, listGrants, revokeGrant } from './grants.ts';
import type { Handlers } from './handler-types.ts';
import { cancelIngest, describeAsset, ingestMedia, retryIngest } from './ingest-media.ts';
import { listActivity } from './list-activity.ts';
import { expandPaths, locateMedia } from './media-files.ts';
import {
  exportTranscriptAs,
  readMetadata,
  readTranscript,
  searchLibrary,
  summariseLibrary,
} from './read-library.ts';
import { relocateAsset } from './relocate-asset.ts';
import { postHandlers } from '../posts/handlers.ts';
import { readHttpDoor, readSettings, updateSettings } from './settings.ts';
import {
  deleteSpeechModel,
  importSpeechModel,
  listSpeechModels,
  pullSpeechModel,
  stopSpeechModelPull,
} from './speech-models.ts';
import { readStorage } from './storage.ts';
import { listNotices, markNoticesRead, readStatus, retryProcess } from './system.ts';
import { createToken, listTokens, revokeToken } from './tokens.ts';
import {
  listWatchFolders,
  pauseWatchFolder,
  removeWatchFolder,
  resumeWatchFolder,
  watchFolder,
} from './watch-folders.ts';

/** Who answers which command. */
export const handlers: Handlers = {
  'search-library': searchLibrary,
  'summarise-library': summariseLibrary,
  'read-metadata': readMetadata,
  'read-transcript': readTranscript,
  'export-transcript': exportTranscriptAs,
  'edit-transcript': editTranscript,
  'update-asset': updateAsset,
  'review-asset': reviewAsset,
  'remove-asset': removeAsset,
  'relocate-asset': relocateAsset,
  'locate-media': locateMedia,
  'expand-paths': expandPaths,
  'list-activity': listActivity,
  'ingest-media': ingestMedia,
  'retry-ingest': retryIngest,
  'cancel-ingest': cancelIngest,
  'describe-asset': describeAsset,
  'list-watch-folders': listWatchFolders,
  'watch-folder': watchFolder,
  'pause-watch-folder': pauseWatchFolder,
  'resume-watch-folder': resumeWatchFolder,
  'remove-watch-folder': removeWatchFolder,
  'list-speech-models': listSpeechModels,
  'pull-speech-model': pullSpeechModel,
  'stop-speech-model-pull': stopSpeechModelPull,
  'import-speech-model': importSpeechModel,
  'delete-speech-model': deleteSpeechModel,
  'read-status': readStatus,
  'retry-process': retryProcess,
  'read-settings': readSettings,
  'update-settings': updateSettings,
  'read-http-door': readHttpDoor,
  'list-notices': listNotices,
  'mark-notices-read': markNoticesRead,
  'read-diagnostics': readDiagnostics,
  'read-storage': readStorage,
  ...thinkHandlers,
  ...postHandlers,
  'list-accounts': listAccounts,
  ...connectHandlers,
  'verify-account': verifyAccount,
  'reconnect-account': reconnectAccount,
  'update-account': updateAccount,
  'disconnect-account': disconnectAccount,
  'read-vault-state': readVaultState,
  'protect-vault': protectVault,
  'unlock-vault': unlockVault,
  'reset-vault': resetVault,
  ...chatHandlers,
  'list-chat-models': listChatModels,
  'choose-chat-model': chooseChatModel,
  'pull-chat-model': pullChatModel,
  'stop-chat-model-pull': stopChatModelPull,
  'delete-chat-model': deleteChatModel,
  'list-approvals': listApprovals,
  'read-approval': readApproval,
  'edit-approval': editApproval,
  'decide-approval': decideApproval,
  'list-tokens': listTokens,
  'create-token': createToken,
  'revoke-token': revokeToken,
  'list-grants': listGrants,
  'create-grant': createGrant,
  'revoke-grant': revokeGrant,
  'list-budgets': listBudgets,
  'set-budget': setBudget,
  'remove-budget': removeBudget,
  'read-ledger': readLedger,
  'search-audit': searchAudit,
  'export-audit': exportAudit,
  'verify-audit': verifyAudit,
};
