import { z } from 'zod';

/** A program with its arguments, as the settings of an agent take it. */
const agentCommandSchema = z.strictObject({
  command: z.string(),
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()),
});
export type AgentCommand = z.infer<typeof agentCommandSchema>;

/** The door for other programs on this computer. The addresses are null while it is closed. */
export const httpDoorStateSchema = z.strictObject({
  isOpen: z.boolean(),
  url: z.url().nullable(),
  mcpUrl: z.url().nullable(),
  openApiUrl: z.url().nullable(),
  /** A file with these addresses, readable by its owner only; it is there while the door is open. */
  addressFile: z.string(),
  /** What an agent starts to reach the same tools over standard input and output; it needs no open door. */
  agentCommand: agentCommandSchema,
});
export type HttpDoorState = z.infer<typeof httpDoorStateSchema>;
