import { z } from 'zod';
import { instantSchema, storageModeSchema } from './asset.ts';
import { appErrorDtoSchema } from './errors.ts';

export const folderIdSchema = z.uuid();

export const watchFolderSchema = z.strictObject({
  folderId: folderIdSchema,
  workflowId: z.string(),
  path: z.string(),
  storage: storageModeSchema,
  state: z.enum(['active', 'paused']),
  importedCount: z.int().nonnegative(),
  /** Files seen and left alone because they are not media or still growing. */
  waitingCount: z.int().nonnegative(),
  lastScanAt: instantSchema.nullable(),
  error: appErrorDtoSchema.nullable(),
  createdAt: instantSchema,
});
export type WatchFolder = z.infer<typeof watchFolderSchema>;
