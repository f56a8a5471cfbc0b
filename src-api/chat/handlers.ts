import type { Handlers } from '../commands/handler-types.ts';
import type { chatCommands } from '../../src-shared/contract/chat-commands.ts';
import {
  chooseAnswer,
  continueAnswer,
  regenerateAnswer,
  sendMessage,
  stopAnswer,
} from './answer-commands.ts';
import {
  attachAssets,
  branchConversation,
  createConversation,
  deleteConversation,
  detachAsset,
  listConversations,
  readContextMeter,
  readConversation,
  renameConversation,
  saveUnsentDraft,
} from './conversation-commands.ts';

/** Who answers the commands of the chat. */
export const chatHandlers: Pick<Handlers, keyof typeof chatCommands> = {
  'list-conversations': listConversations,
  'read-conversation': readConversation,
  'create-conversation': createConversation,
  'rename-conversation': renameConversation,
  'delete-conversation': deleteConversation,
  'branch-conversation': branchConversation,
  'send-message': sendMessage,
  'stop-answer': stopAnswer,
  'regenerate-answer': regenerateAnswer,
  'continue-answer': continueAnswer,
  'choose-answer': chooseAnswer,
  'save-unsent-draft': saveUnsentDraft,
  'attach-assets': attachAssets,
  'detach-asset': detachAsset,
  'read-context-meter': readContextMeter,
};
