import { z } from 'zod';
import { chatModelSchema, speechModelIdSchema, speechModelSchema } from '../domain/model.ts';
import { defineDurableCommand, defineThinkCommand } from './define-command.ts';

const modelInput = z.strictObject({ modelId: speechModelIdSchema });

export const modelCommands = {
  'list-models': defineThinkCommand({
    area: 'models',
    title: 'List models',
    description: 'Speech models installed and on offer, and the chat models of the local runtime.',
    scope: 'system:read',
    changesState: false,
    input: z.strictObject({}),
    output: z.strictObject({
      speech: z.array(speechModelSchema),
      chat: z.array(chatModelSchema),
      /** Whether the local runtime answers; a sentence where it does not. */
      chatRuntime: z.strictObject({ isReady: z.boolean(), message: z.string().nullable() }),
    }),
  }),
  'pull-speech-model': defineDurableCommand({
    area: 'models',
    mode: 'commit',
    title: 'Download a speech model',
    description: 'Downloads and checks a model; goes on after network loss and restarts.',
    scope: 'system:write',
    input: modelInput,
  }),
  'stop-speech-model-pull': defineDurableCommand({
    area: 'models',
    mode: 'commit',
    title: 'Stop a download',
    description: 'Stops the download of a model. What arrived is kept for the next try.',
    scope: 'system:write',
    input: modelInput,
  }),
  'import-speech-model': defineThinkCommand({
    area: 'models',
    title: 'Import a speech model',
    description:
      'Copies a Whisper model (a CTranslate2 folder or a ggml file) into the library after checking it.',
    scope: 'system:write',
    changesState: true,
    input: z.strictObject({ path: z.string().min(1).max(4096) }),
    output: speechModelSchema,
  }),
  'delete-speech-model': defineThinkCommand({
    area: 'models',
    title: 'Delete a speech model',
    description: 'Frees its disk space. The model in use and the bundled one stay.',
    scope: 'system:write',
    changesState: true,
    input: modelInput,
    output: z.strictObject({ removed: z.literal(true) }),
  }),
};
