import { z } from 'zod';
import {
  chatModelNameSchema,
  localModelSchema,
  machineMemorySchema,
  modelTaskSchema,
} from '../domain/chat-model.ts';
import { speechModelIdSchema, speechModelSchema } from '../domain/model.ts';
import { defineDurableCommand, defineThinkCommand } from './define-command.ts';

const chatModelInput = z.strictObject({ name: chatModelNameSchema });
const modelInput = z.strictObject({ modelId: speechModelIdSchema });

export const modelCommands = {
  'list-speech-models': defineThinkCommand({
    area: 'models',
    title: 'List speech models',
    description: 'Speech models: installed, on their way and on offer, and which is in use.',
    scope: 'system:read',
    changesState: false,
    input: z.strictObject({}),
    output: z.strictObject({ models: z.array(speechModelSchema) }),
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
    agentsNeedApproval: true,
    input: modelInput,
    output: z.strictObject({ removed: z.literal(true) }),
  }),
  'list-chat-models': defineThinkCommand({
    area: 'models',
    title: 'List chat models',
    description:
      'Models of the local runtime: installed, on their way and on offer, with whether the memory of this machine is enough and why, and which does what.',
    scope: 'system:read',
    changesState: false,
    input: z.strictObject({}),
    output: z.strictObject({
      memory: machineMemorySchema,
      models: z.array(localModelSchema),
      /** What each task would use now; null where no model can do it. */
      chosen: z.record(modelTaskSchema, z.string().nullable()),
      /** What the person chose for a task and something else has removed since; null where all is as chosen. */
      gone: z.record(modelTaskSchema, z.string().nullable()),
      /** Whether the local runtime answers; a sentence where it does not. */
      runtime: z.strictObject({ isReady: z.boolean(), message: z.string().nullable() }),
    }),
  }),
  'choose-chat-model': defineThinkCommand({
    area: 'models',
    title: 'Choose a chat model',
    description:
      'Chooses the model for one task: chat, describe or ideas. Null: the one for chat, or the first that is installed.',
    scope: 'system:write',
    changesState: true,
    input: z.strictObject({ task: modelTaskSchema, name: chatModelNameSchema.nullable() }),
    output: z.strictObject({ task: modelTaskSchema, name: z.string().nullable() }),
  }),
  'pull-chat-model': defineDurableCommand({
    area: 'models',
    mode: 'commit',
    title: 'Download a chat model',
    description:
      'Downloads a model for the local runtime; goes on after network loss and restarts. Also goes on with one that was stopped.',
    scope: 'system:write',
    input: chatModelInput,
  }),
  'stop-chat-model-pull': defineDurableCommand({
    area: 'models',
    mode: 'commit',
    title: 'Stop the download of a chat model',
    description: 'Stops the download. What arrived is kept for the next try.',
    scope: 'system:write',
    input: chatModelInput,
  }),
  'delete-chat-model': defineThinkCommand({
    area: 'models',
    title: 'Delete a chat model',
    description:
      'Removes a model from the local runtime and frees its disk space; also forgets a stopped download.',
    scope: 'system:write',
    changesState: true,
    agentsNeedApproval: true,
    input: chatModelInput,
    output: z.strictObject({ removed: z.literal(true) }),
  }),
};
