import { z } from 'zod';
import { storageModeSchema } from './asset.ts';
import { speechModelIdSchema } from './model.ts';

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** How new media is kept unless the person says otherwise. */
  storage: storageModeSchema,
  /** Closing the window keeps the work going, with an icon in the tray. */
  keepRunningInBackground: z.boolean(),
  showNotifications: z.boolean(),
  speechModelId: speechModelIdSchema,
  /** `auto` or an ISO 639-1 code. */
  transcriptionLanguage: z.string().regex(/^(auto|[a-z]{2,3})$/),
  describeAutomatically: z.boolean(),
  /** Null: the first model that is installed. */
  chatModelName: z.string().max(200).nullable(),
  /** Null: a runtime at the usual address, else our own. */
  ollamaAddress: z.url().nullable(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = {
  theme: 'system',
  storage: 'reference',
  keepRunningInBackground: true,
  showNotifications: true,
  speechModelId: 'base',
  transcriptionLanguage: 'auto',
  describeAutomatically: true,
  chatModelName: null,
  ollamaAddress: null,
};
