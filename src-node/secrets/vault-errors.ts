import { AppError } from '../../src-shared/domain/errors.ts';

export function credentialsLocked(): AppError {
  return new AppError({
    code: 'credentials.locked',
    userMessage:
      'The credentials of your accounts are locked. Posts that are due wait, and nothing is lost. Unlock them in Settings, under Accounts.',
    retry: 'user',
  });
}

export function credentialsLost(accountId: string | null): AppError {
  return new AppError({
    code: 'credentials.lost',
    userMessage:
      'The saved credentials cannot be read any more, because their key is gone. Your posts are kept and wait. Connect the account again in Settings, under Accounts.',
    retry: 'user',
    details: { accountId },
  });
}

export function credentialsNotSetUp(): AppError {
  return new AppError({
    code: 'credentials.not-set-up',
    userMessage:
      'This computer has no system keyring that Longhand can use, so nothing was saved. Choose in Settings, under Accounts, how credentials are kept: behind a passphrase, or for this run only.',
    retry: 'user',
  });
}

export function keyringUnavailable(): AppError {
  return new AppError({
    code: 'dependency.keyring-unavailable',
    userMessage:
      'This computer has no system keyring that can be reached just now. Nothing was changed. Sign in to your desktop or unlock the keyring and try again, or choose a passphrase instead.',
    retry: 'user',
  });
}

export function wrongPassphrase(): AppError {
  return new AppError({
    code: 'credentials.wrong-passphrase',
    userMessage:
      'That is not the passphrase, and nothing was unlocked. Try again. If it is forgotten, start the credentials anew and connect each account again.',
    retry: 'user',
  });
}
