import { Ollama } from 'ollama';
import type { Logger } from '../../src-node/logger.ts';
import type { ChatRuntimePort } from '../commands/services.ts';

/** A runtime that takes longer than this to say what it has counts as not there. */
const lookTimeoutMs = 2000;

/** Asks the local Ollama which models it has. `readAddress` gives null where there is none. */
export function createChatRuntime(readAddress: () => string | null, logger: Logger): ChatRuntimePort {
  return {
    async readState() {
      const host = readAddress();
      if (host === null) {
        return {
          isReady: false,
          message:
            'No local model runtime is there yet. Recordings are transcribed all the same, and described once there is one.',
        };
      }
      const client = new Ollama({
        host,
        fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(lookTimeoutMs) }),
      });
      try {
        const { models } = await client.list();
        return {
          isReady: true,
          models: models.map(({ name, size, details }) => ({
            name,
            sizeBytes: size,
            parameterSize: details.parameter_size === '' ? null : details.parameter_size,
          })),
        };
      } catch (error) {
        logger.debug({ err: error, host }, 'the model runtime does not answer');
        return { isReady: false, message: 'The local model runtime does not answer right now.' };
      }
    },
  };
}
