import { z } from 'zod';
import { accountSchema } from '../domain/account.ts';

/** Where it had been disconnected: how many of its posts were stopped then and wait to be taken up again. */
export const connectedAccountSchema = accountSchema.extend({ stoppedPostCount: z.int().nonnegative() });
export type ConnectedAccount = z.infer<typeof connectedAccountSchema>;

export const accountNameSchema = z.string().trim().min(1).max(100);
export const webAddressSchema = z.url({ protocol: /^https?$/ });
