import { z } from 'zod';

/** How far media is that is made ready for an account. */
export const renderingStateSchema = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']);
export type RenderingState = z.infer<typeof renderingStateSchema>;
