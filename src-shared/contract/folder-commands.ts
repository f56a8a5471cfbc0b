import { z } from 'zod';
import { storageModeSchema } from '../domain/asset.ts';
import { folderIdSchema, watchFolderSchema } from '../domain/watch-folder.ts';
import { defineDurableCommand, defineThinkCommand } from './define-command.ts';

const folderInput = z.strictObject({ folderId: folderIdSchema });

export const folderCommands = {
  'list-watch-folders': defineThinkCommand({
    area: 'folders',
    title: 'List watched folders',
    description: 'The folders whose new media is ingested by itself, and how each is doing.',
    scope: 'library:read',
    changesState: false,
    input: z.strictObject({}),
    output: z.strictObject({ folders: z.array(watchFolderSchema) }),
  }),
  'watch-folder': defineDurableCommand({
    area: 'folders',
    mode: 'loop',
    title: 'Watch a folder',
    description:
      'From now on every new media file in the folder is ingested, also after restarts. Files are never changed.',
    scope: 'library:write',
    input: z.strictObject({ path: z.string().min(1).max(4096), storage: storageModeSchema.optional() }),
  }),
  'pause-watch-folder': defineDurableCommand({
    area: 'folders',
    mode: 'loop',
    title: 'Pause a watched folder',
    description: 'New files wait until it is resumed.',
    scope: 'library:write',
    input: folderInput,
  }),
  'resume-watch-folder': defineDurableCommand({
    area: 'folders',
    mode: 'loop',
    title: 'Resume a watched folder',
    description: 'Goes on, with the files that came meanwhile.',
    scope: 'library:write',
    input: folderInput,
  }),
  'remove-watch-folder': defineDurableCommand({
    area: 'folders',
    mode: 'loop',
    title: 'Stop watching a folder',
    description: 'Ends the loop. The folder, its files and what was ingested stay.',
    scope: 'library:write',
    input: folderInput,
  }),
};
