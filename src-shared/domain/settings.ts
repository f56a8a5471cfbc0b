import { IANAZone } from 'luxon';
import { z } from 'zod';
import { storageModeSchema } from './asset.ts';
import type { ModelTask } from './chat-model.ts';
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
  /** Null: the one for chat. */
  describeModelName: z.string().max(200).nullable(),
  /** Null: the one for chat. */
  ideasModelName: z.string().max(200).nullable(),
  /** Null: a runtime at the usual address, else our own. */
  ollamaAddress: z.url().nullable(),
  /** The IANA zone of the creator's days and queue slots; null: this computer's. */
  timeZone: z
    .string()
    .max(60)
    .refine((zone) => IANAZone.isValidZone(zone), 'not a known time zone')
    .nullable(),
  /** The day on which weeks begin in the calendar; `system`: as is usual where the person lives. */
  firstWeekday: z.enum(['system', 'monday', 'sunday', 'saturday']),
  /** Other programs on this computer may ask, with a token. */
  isHttpDoorOpen: z.boolean(),
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
  describeModelName: null,
  ideasModelName: null,
  ollamaAddress: null,
  timeZone: null,
  firstWeekday: 'system',
  isHttpDoorOpen: false,
};

/** The model that the person wants for a task; null where they have not chosen. */
export function preferredModelName(settings: Settings, task: ModelTask): string | null {
  const chosen = { chat: null, describe: settings.describeModelName, ideas: settings.ideasModelName }[task];
  return chosen ?? settings.chatModelName;
}
