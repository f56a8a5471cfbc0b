import type { MethodOutput } from '../../app/command-data.ts';

/** A post as its page and the parts of it see it. */
export type OpenPost = MethodOutput<'readPost'>;
