import type { CommandPreview } from '../../src-shared/domain/approval.ts';
import type { StorageMode } from '../../src-shared/domain/asset.ts';

/** A loop as the person reads it before it is let go on: what it does each day, and how it is stopped. */
export function describeWatching(path: string, storage: StorageMode): CommandPreview {
  return previewOf(`Watch ${path}`, [
    { label: 'Folder', value: path },
    {
      label: 'Every day',
      value:
        'Each new recording in it is taken in, transcribed and put up for review by itself, as it comes; what came while Longhand was off, at its next start. The files in it are never changed.',
    },
    { label: 'Files', value: storageWords[storage] },
    howToStop,
  ]);
}

export function describePause(path: string): CommandPreview {
  return previewOf(`Pause watching ${path}`, [
    { label: 'Folder', value: path },
    { label: 'Until then', value: 'New recordings wait in the folder until it is watched again.' },
  ]);
}

export function describeResumption(path: string): CommandPreview {
  return previewOf(`Go on watching ${path}`, [
    { label: 'Folder', value: path },
    { label: 'Every day', value: 'As before, and at once with the recordings that came meanwhile.' },
    howToStop,
  ]);
}

export function describeEnd(path: string): CommandPreview {
  return previewOf(`Stop watching ${path}`, [
    { label: 'Folder', value: path },
    { label: 'Then', value: 'Nothing new is taken in. The files and what was taken in stay as they are.' },
  ]);
}

const storageWords: Record<StorageMode, string> = {
  reference: 'They stay where they are.',
  copy: 'Longhand keeps a copy of each.',
};

const howToStop = {
  label: 'To stop it',
  value:
    'Say “stop watching this folder”, or pause or end it under Settings, Watched folders. What was taken in stays.',
};

/** Nothing of a loop over a folder costs anything. */
function previewOf(title: string, lines: CommandPreview['lines']): CommandPreview {
  return { title, lines, warnings: [], costs: [] };
}
