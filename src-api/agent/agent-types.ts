import type { DateTime } from 'luxon';
import type { CommandInput, CommandName, CommandOutput } from '../../src-shared/contract/registry.ts';
import type { CaptionSet } from '../../src-shared/domain/caption.ts';
import type { Result } from '../../src-shared/domain/errors.ts';
import type { MessageCard } from '../../src-shared/domain/message-card.ts';
import type { LocalModels } from '../../src-node/models/local-models.ts';
import type { AnswerTurn, RunTurn } from '../chat/answer-turn.ts';
import type { Phrases } from './phrases/phrase-types.ts';
import type { Names } from './understand/names.ts';
import type { WishLanguage } from './words/language.ts';

/** Runs a command through the boundary as the assistant: its scopes, its approvals, its audit rows. */
export type ExecuteAsAssistant = <Name extends CommandName>(
  command: Name,
  input: CommandInput<Name>,
  options?: { mustAsk?: boolean; isShown?: boolean },
) => Promise<Result<CommandOutput<Name>>>;

/** A message of the conversation, as far as the assistant looks back. */
export interface EarlierMessage {
  messageId: string;
  role: 'person' | 'assistant';
  text: string;
  cards: readonly MessageCard[];
  assetIds: readonly string[];
}

export interface AgentOptions {
  execute: ExecuteAsAssistant;
  /** Answers in words, where no command is asked for. */
  talk: RunTurn;
  /** The conversation up to the answer that is being made, oldest first; its last message is the wish. */
  readConversation: (turn: AnswerTurn) => { messages: EarlierMessage[]; assetIds: string[]; begun: string };
  localModels: Pick<LocalModels, 'openModel'>;
  stopThinking: (callId: string) => void;
  now: () => Date;
  readZone: () => string;
  stepCap?: number;
  /** Begins the time that a turn may take. */
  startTimeCap?: () => AbortSignal;
}

/** What one turn knows and has done. */
export interface TurnContext {
  options: AgentOptions;
  turn: AnswerTurn;
  /** Aborted when the turn has taken as long as it may: nothing new is begun then, and no model is waited for. */
  timeCap: AbortSignal;
  /** In which the person wishes, and is answered. */
  language: WishLanguage;
  phrases: Phrases;
  now: DateTime;
  zone: string;
  names: Names;
  /** Recordings that are attached to the conversation or to the message. */
  assetIds: readonly string[];
  earlier: readonly EarlierMessage[];
  /** The captions that "the best" and "the second one" are about. */
  captions: CaptionSet[];
  say: (sentence: string) => void;
  show: (card: MessageCard) => void;
}
