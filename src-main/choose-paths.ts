import type { OpenDialogOptions } from 'electron';
import { platforms } from '../src-connectors/platforms.ts';
import type { AccountFolderPurpose, ChoosePurpose } from '../src-shared/contract/window-bridge.ts';
import { mediaFileExtensions } from '../src-shared/domain/media-kinds.ts';

const mediaFilter = { name: 'Audio, video and images', extensions: [...mediaFileExtensions] };
const everything = { name: 'All files', extensions: ['*'] };

const folderTitles = new Map<string, string | undefined>(
  platforms.map(({ id, folderTitle }) => [`folder-of-${id}`, folderTitle]),
);

function isAccountFolder(purpose: ChoosePurpose): purpose is AccountFolderPurpose {
  return purpose.startsWith('folder-of-');
}

/** Title, button and filters of the native dialog for each thing the window may ask to choose. */
export function dialogOptions(purpose: ChoosePurpose): OpenDialogOptions {
  if (isAccountFolder(purpose)) {
    return {
      title: folderTitles.get(purpose) ?? 'Choose a folder',
      buttonLabel: 'Use this folder',
      properties: ['openDirectory', 'createDirectory'],
    };
  }
  switch (purpose) {
    case 'media-files':
      return {
        title: 'Add recordings',
        buttonLabel: 'Add',
        filters: [mediaFilter, everything],
        properties: ['openFile', 'multiSelections'],
      };
    case 'media-folder':
      return { title: 'Add a folder of recordings', buttonLabel: 'Add', properties: ['openDirectory'] };
    case 'watch-folder':
      return {
        title: 'Watch a folder',
        buttonLabel: 'Watch',
        properties: ['openDirectory', 'createDirectory'],
      };
    case 'speech-model-file':
      return {
        title: 'Import a speech model',
        buttonLabel: 'Import',
        filters: [{ name: 'Whisper models (ggml)', extensions: ['bin'] }, everything],
        properties: ['openFile'],
      };
    case 'speech-model-folder':
      return {
        title: 'Import a speech model (CTranslate2 folder)',
        buttonLabel: 'Import',
        properties: ['openDirectory'],
      };
    case 'moved-file':
      return {
        title: 'Find the moved file',
        buttonLabel: 'This is it',
        filters: [mediaFilter, everything],
        properties: ['openFile'],
      };
    case 'moved-folder':
      return {
        title: 'Search a folder for the moved file',
        buttonLabel: 'Search here',
        properties: ['openDirectory'],
      };
  }
}
