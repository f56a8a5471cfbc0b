/** How far media is that is made ready for an account. */
export type RenderingState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
