import { errorCodes, type WayOut } from '../../src-shared/domain/error-codes.ts';
import type { AppErrorDto } from '../../src-shared/domain/errors.ts';
import { errorCodeOf } from './command-error.ts';

/** Where a button next to an error leads. */
export type Exit =
  | { kind: 'call'; label: string; handler: 'retry' | 'locate' | 'chooseAnother' | 'showFile' }
  | { kind: 'settings'; label: string; section: 'models' | 'storage' | 'diagnostics' | 'accounts' };

/** The way out of an error as a button; null where reading is all that can be done. */
export function exitOf(dto: AppErrorDto): Exit | null {
  const wayOut: WayOut = errorCodes[errorCodeOf(dto)].wayOut;
  switch (wayOut) {
    case 'retry':
      return { kind: 'call', label: 'Try again', handler: 'retry' };
    case 'choose-another-file':
      return { kind: 'call', label: 'Choose another file', handler: 'chooseAnother' };
    case 'locate-file':
      return { kind: 'call', label: 'Locate file', handler: 'locate' };
    case 'open-permissions':
      return { kind: 'call', label: 'Show in folder', handler: 'showFile' };
    case 'free-space':
      return { kind: 'settings', label: 'See what takes space', section: 'storage' };
    case 'open-models':
      return { kind: 'settings', label: 'Open models', section: 'models' };
    case 'open-diagnostics':
      return { kind: 'settings', label: 'Open diagnostics', section: 'diagnostics' };
    case 'open-accounts':
      return { kind: 'settings', label: 'Open accounts', section: 'accounts' };
    case 'wait':
    case 'none':
      return null;
  }
}
