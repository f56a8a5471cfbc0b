import { z } from 'zod';
import { noticeSchema } from '../domain/activity.ts';
import { httpDoorStateSchema } from '../domain/http-door.ts';
import { processNameSchema, processStatusSchema } from '../domain/process-status.ts';
import { settingsSchema } from '../domain/settings.ts';
import { defineThinkCommand } from './define-command.ts';

export const systemCommands = {
  'read-status': defineThinkCommand({
    area: 'system',
    title: 'Read the state of the app',
    description:
      'Each process with state, version and port; the data folder; work recorded but not yet started.',
    scope: 'system:read',
    changesState: false,
    input: z.strictObject({}),
    output: z.strictObject({
      version: z.string(),
      dataFolder: z.string(),
      processes: z.array(processStatusSchema),
      /** Commands recorded that the work engine has not acknowledged yet. */
      pendingStartCount: z.int().nonnegative(),
      /** Assets, downloads and loops with work in hand. */
      workInHandCount: z.int().nonnegative(),
      freeDiskBytes: z.int().nonnegative().nullable(),
    }),
  }),
  'retry-process': defineThinkCommand({
    area: 'system',
    title: 'Start a part again',
    description: 'Starts a process again after it was given up.',
    scope: 'system:write',
    changesState: true,
    input: z.strictObject({ name: processNameSchema }),
    output: z.strictObject({ requested: z.literal(true) }),
  }),
  'read-settings': defineThinkCommand({
    area: 'system',
    title: 'Read the settings',
    description: 'All settings with their present values.',
    scope: 'system:read',
    changesState: false,
    input: z.strictObject({}),
    output: settingsSchema,
  }),
  'update-settings': defineThinkCommand({
    area: 'system',
    title: 'Change settings',
    description: 'Changes the settings that are given and keeps the others.',
    scope: 'system:write',
    changesState: true,
    agentsNeedApproval: true,
    input: settingsSchema.partial(),
    output: settingsSchema,
  }),
  'read-http-door': defineThinkCommand({
    area: 'system',
    title: 'Read the door for other programs',
    description: 'Whether other programs on this computer can ask, and at which address.',
    scope: 'system:read',
    changesState: false,
    input: z.strictObject({}),
    output: httpDoorStateSchema,
  }),
  'list-notices': defineThinkCommand({
    area: 'system',
    title: 'List notices',
    description: 'What the person should hear of, newest first.',
    scope: 'system:read',
    changesState: false,
    input: z.strictObject({
      onlyUnread: z.boolean().default(false),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.strictObject({ notices: z.array(noticeSchema) }),
  }),
  'mark-notices-read': defineThinkCommand({
    area: 'system',
    title: 'Mark notices as read',
    description: 'Marks the given notices as read.',
    scope: 'system:write',
    changesState: true,
    input: z.strictObject({ noticeIds: z.array(z.uuid()).min(1).max(500) }),
    output: z.strictObject({ markedCount: z.int().nonnegative() }),
  }),
  'read-diagnostics': defineThinkCommand({
    area: 'system',
    title: 'Read diagnostics',
    description:
      'Versions, parts and the newest log lines as one text to copy. Contains no secrets and no transcript.',
    scope: 'system:read',
    changesState: false,
    input: z.strictObject({ logLineCount: z.int().min(0).max(2000).default(200) }),
    output: z.strictObject({ text: z.string() }),
  }),
  'read-storage': defineThinkCommand({
    area: 'system',
    title: 'Read what takes space',
    description: 'Bytes used by the database, copies, previews, models, backups and logs.',
    scope: 'system:read',
    changesState: false,
    input: z.strictObject({}),
    output: z.strictObject({
      dataFolder: z.string(),
      parts: z.array(z.strictObject({ name: z.string(), sizeBytes: z.int().nonnegative() })),
      backups: z.array(
        z.strictObject({ fileName: z.string(), createdAt: z.iso.datetime(), sizeBytes: z.int() }),
      ),
    }),
  }),
};
