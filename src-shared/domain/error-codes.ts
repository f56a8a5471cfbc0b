/** What a person can do about an error; the window turns it into a button. */
export type WayOut =
  | 'retry'
  | 'choose-another-file'
  | 'locate-file'
  | 'free-space'
  | 'open-permissions'
  | 'open-models'
  | 'open-diagnostics'
  | 'open-accounts'
  | 'wait'
  | 'none';

interface ErrorCodeEntry {
  title: string;
  wayOut: WayOut;
}

/** Every error a person can meet, by family: input, dependency, media, storage, platform, and bug. */
export const errorCodes = {
  'input.invalid': { title: 'That request does not fit', wayOut: 'none' },
  'input.not-found': { title: 'Not found', wayOut: 'none' },
  'input.conflict': { title: 'Changed meanwhile', wayOut: 'retry' },
  'input.not-allowed': { title: 'Not allowed', wayOut: 'none' },
  'input.rate-limited': { title: 'Too many at once', wayOut: 'wait' },
  'input.over-budget': { title: 'The budget is used up', wayOut: 'none' },
  'input.wrong-state': { title: 'Not possible right now', wayOut: 'none' },
  'input.stopped': { title: 'Stopped', wayOut: 'retry' },
  'input.too-long': { title: 'Too long for this model', wayOut: 'open-models' },
  'input.empty-file': { title: 'The file is empty', wayOut: 'choose-another-file' },
  'input.not-media': { title: 'Not a recording', wayOut: 'choose-another-file' },
  'input.not-a-model': { title: 'Not a speech model', wayOut: 'choose-another-file' },
  'input.not-a-folder': { title: 'Not a folder', wayOut: 'choose-another-file' },
  'media.truncated': { title: 'The file ends too early', wayOut: 'choose-another-file' },
  'media.no-audio': { title: 'No sound in the file', wayOut: 'choose-another-file' },
  'media.zero-duration': { title: 'Nothing is recorded', wayOut: 'choose-another-file' },
  'media.unsupported': { title: 'This kind of file cannot be read', wayOut: 'choose-another-file' },
  'media.protected': { title: 'The file is copy-protected', wayOut: 'choose-another-file' },
  'media.changed': { title: 'The file changed while it was read', wayOut: 'retry' },
  'media.failed': { title: 'The media tool failed', wayOut: 'retry' },
  'storage.unreadable': { title: 'The file cannot be opened', wayOut: 'open-permissions' },
  'storage.vanished': { title: 'No longer where it was', wayOut: 'locate-file' },
  'storage.disk-full': { title: 'The disk is full', wayOut: 'free-space' },
  'storage.read-only': { title: 'The data folder cannot be written', wayOut: 'open-permissions' },
  'storage.not-saved': { title: 'The file was not saved', wayOut: 'none' },
  'storage.database-corrupt': { title: 'The library was damaged', wayOut: 'open-diagnostics' },
  'storage.database-too-new': { title: 'Made by a newer Longhand', wayOut: 'none' },
  'storage.in-use': { title: 'Already open', wayOut: 'none' },
  'dependency.missing': { title: 'A part is missing', wayOut: 'open-diagnostics' },
  'dependency.starting': { title: 'Still starting', wayOut: 'wait' },
  'dependency.temporal-unavailable': { title: 'The work engine is not ready', wayOut: 'wait' },
  'dependency.transcriber-crashed': { title: 'The transcriber stopped', wayOut: 'retry' },
  'dependency.speech-engine-crashed': { title: 'The speech engine stopped', wayOut: 'retry' },
  'dependency.speech-model-missing': { title: 'No speech model', wayOut: 'open-models' },
  'dependency.chat-model-missing': { title: 'No chat model', wayOut: 'open-models' },
  'dependency.chat-model-too-large': { title: 'Not enough memory for this model', wayOut: 'open-models' },
  'dependency.model-runtime-missing': { title: 'No local model runtime', wayOut: 'open-models' },
  'dependency.model-runtime-stopped': { title: 'The local model stopped', wayOut: 'retry' },
  'dependency.model-runtime-silent': { title: 'The local model says nothing', wayOut: 'retry' },
  'dependency.model-too-slow': { title: 'The local model was too slow', wayOut: 'open-models' },
  'dependency.model-reply-malformed': { title: 'The model’s reply cannot be read', wayOut: 'retry' },
  'dependency.answer-cut-off': { title: 'The answer ran out of room', wayOut: 'retry' },
  'dependency.answer-interrupted': { title: 'The answer was interrupted', wayOut: 'retry' },
  'dependency.chat-model-failed': { title: 'The local model failed', wayOut: 'retry' },
  'dependency.download-failed': { title: 'The download stopped', wayOut: 'retry' },
  'dependency.hash-mismatch': { title: 'The download was damaged', wayOut: 'retry' },
  'dependency.api-unavailable': { title: 'Longhand is starting again', wayOut: 'wait' },
  'dependency.work-interrupted': { title: 'The work was interrupted', wayOut: 'wait' },
  'dependency.process-failed': { title: 'A part keeps stopping', wayOut: 'open-diagnostics' },
  'input.over-limit': { title: 'It does not fit the platform', wayOut: 'none' },
  'platform.refused': { title: 'The platform refused it', wayOut: 'none' },
  'platform.rate-limited': { title: 'The platform asks us to wait', wayOut: 'wait' },
  'platform.unreachable': { title: 'The platform cannot be reached', wayOut: 'retry' },
  'platform.unknown-outcome': { title: 'Not known whether it arrived', wayOut: 'wait' },
  'platform.asset-not-ready': { title: 'A recording is not ready', wayOut: 'wait' },
  'platform.asset-unusable': { title: 'A recording cannot be used', wayOut: 'none' },
  'platform.credentials-refused': { title: 'The account must be connected again', wayOut: 'open-accounts' },
  'platform.folder-unwritable': {
    title: 'The folder of the account cannot be written',
    wayOut: 'open-accounts',
  },
  'platform.folder-missing': { title: 'The folder of the account is not there', wayOut: 'open-accounts' },
  'platform.account-disconnected': { title: 'The account is disconnected', wayOut: 'open-accounts' },
  'platform.unexpected-answer': { title: 'The platform answered strangely', wayOut: 'retry' },
  'credentials.locked': { title: 'The credentials are locked', wayOut: 'open-accounts' },
  'credentials.lost': { title: 'The credentials cannot be read any more', wayOut: 'open-accounts' },
  'credentials.not-set-up': { title: 'No place for credentials yet', wayOut: 'open-accounts' },
  'credentials.wrong-passphrase': { title: 'That is not the passphrase', wayOut: 'none' },
  'dependency.keyring-unavailable': { title: 'No system keyring', wayOut: 'open-accounts' },
  bug: { title: 'Something went wrong', wayOut: 'open-diagnostics' },
} as const satisfies Record<string, ErrorCodeEntry>;

export type ErrorCode = keyof typeof errorCodes;

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}
