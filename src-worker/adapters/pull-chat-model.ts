import { toModelError } from '../../src-node/models/model-errors.ts';
import type { ModelRuntime } from '../../src-node/models/model-runtime.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { ChatModelPort } from '../activities/ports.ts';

/** Downloads through the local runtime, with its words turned into what the person can do. */
export function createChatModelPort(runtime: ModelRuntime): ChatModelPort {
  return {
    async pull(name, options) {
      try {
        await runtime.pull(name, options);
      } catch (thrown) {
        options.signal.throwIfAborted();
        throw toPullError(thrown, name);
      }
    },
  };
}

/** What the runtime says of the registry: https://github.com/ollama/ollama/blob/main/server/images.go */
function toPullError(thrown: unknown, name: string): AppError {
  const error = toModelError(thrown, name);
  const said = error.details?.['message'];
  const message = typeof said === 'string' ? said : error.message;
  const make = (facts: Pick<AppError, 'code' | 'userMessage' | 'retry'>): AppError =>
    new AppError({ ...facts, details: { model: name, message }, cause: thrown });
  if (/file does not exist|not found|invalid model name|unauthorized|denied/i.test(message)) {
    return make({
      code: 'input.not-found',
      userMessage: `There is no model called ${name} to download. Nothing was changed. Look at its spelling.`,
      retry: 'user',
    });
  }
  if (/no space left|disk full|not enough space/i.test(message)) {
    return make({
      code: 'storage.disk-full',
      userMessage: `The disk is full, so ${name} could not be downloaded to its end. What arrived is kept. Free some space and go on.`,
      retry: 'user',
    });
  }
  if (
    error.code === 'dependency.model-runtime-missing' &&
    !/registry|dial tcp|lookup|manifest/i.test(message)
  ) {
    return error;
  }
  return make({
    code: 'dependency.download-failed',
    userMessage: `The download of ${name} broke off. What has arrived is kept, and it goes on from there by itself. Check the network.`,
    retry: 'auto',
  });
}
