import { z } from 'zod';

/** The door for other programs on this computer. The addresses are null while it is closed. */
export const httpDoorStateSchema = z.strictObject({
  isOpen: z.boolean(),
  url: z.url().nullable(),
  mcpUrl: z.url().nullable(),
  openApiUrl: z.url().nullable(),
  /** A file with these addresses, readable by its owner only; it is there while the door is open. */
  addressFile: z.string(),
});
export type HttpDoorState = z.infer<typeof httpDoorStateSchema>;
