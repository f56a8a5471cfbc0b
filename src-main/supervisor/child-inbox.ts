import { EventEmitter } from 'node:events';
import { z } from 'zod';
import type { Logger } from '../../src-node/logger.ts';
import {
  childMessageSchema,
  type ChildMessage,
  type ReadyDetails,
} from '../../src-node/supervisor-protocol.ts';

/** Parses what one child sends. What does not fit is logged and dropped. */
export class ChildInbox extends EventEmitter<{ message: [message: ChildMessage] }> {
  /** Settles with the child's first `ready`, however early it comes. */
  readonly ready: Promise<ReadyDetails>;
  readonly #logger: Logger;

  constructor(logger: Logger) {
    super();
    this.#logger = logger;
    this.ready = new Promise((resolve) => {
      this.on('message', (message) => {
        if (message.type === 'ready') resolve(message.details);
      });
    });
  }

  receive(raw: unknown): void {
    const parsed = childMessageSchema.safeParse(raw);
    if (parsed.success) this.emit('message', parsed.data);
    else this.#logger.warn({ problem: z.prettifyError(parsed.error) }, 'dropped a message that does not fit');
  }
}
