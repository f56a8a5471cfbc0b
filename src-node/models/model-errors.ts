import { AppError } from '../../src-shared/domain/errors.ts';

/** What a runtime answered with, in HTTP or in the stream. */
export class RuntimeRefusal extends Error {
  override readonly name = 'RuntimeRefusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A line of the stream that is not what the runtime's protocol says. */
export class MalformedReply extends Error {
  override readonly name = 'MalformedReply';
}

/** The stream ended, or the connection did, before the answer was complete. */
export class BrokenStream extends Error {
  override readonly name = 'BrokenStream';
}

/** Nothing came for longer than anything takes. */
export class SilentRuntime extends Error {
  override readonly name = 'SilentRuntime';
}

/** Turns what the runtime or the network said into an error that tells the person what to do. */
export function toModelError(thrown: unknown, model: string | null): AppError {
  if (thrown instanceof AppError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const status = readStatus(thrown);
  const make = (facts: Pick<AppError, 'code' | 'userMessage' | 'retry'>): AppError =>
    new AppError({ ...facts, details: { model, status: status ?? null, message }, cause: thrown });
  const name = model ?? 'that was chosen';

  if (status === 404) {
    return make({
      code: 'dependency.chat-model-missing',
      userMessage: `The chat model ${name} is not installed, or not any more. What you have is kept. Choose or install a model under Settings, Models, then try again.`,
      retry: 'user',
    });
  }
  if (/more (system )?memory|out of memory|cannot allocate|insufficient memory/i.test(message)) {
    return make({
      code: 'dependency.chat-model-too-large',
      userMessage: `The chat model ${name} needs more memory than is free: ${message}. What you have is kept. Close other programs, or choose a smaller model under Settings, Models.`,
      retry: 'user',
    });
  }
  if (thrown instanceof MalformedReply) {
    return make({
      code: 'dependency.model-reply-malformed',
      userMessage:
        'The local model runtime sent something that cannot be read. What came before it is kept. Try again; if it happens twice, update Ollama.',
      retry: 'user',
    });
  }
  if (thrown instanceof SilentRuntime) {
    return make({
      code: 'dependency.model-runtime-silent',
      userMessage: `The local model ${name} has said nothing for a long time, so it was stopped. What came before is kept. Try again, or choose a smaller model under Settings, Models.`,
      retry: 'user',
    });
  }
  if (thrown instanceof BrokenStream || /runner process|terminated|unexpected EOF/i.test(message)) {
    return make({
      code: 'dependency.model-runtime-stopped',
      userMessage:
        'The local model runtime stopped in the middle of it. What had come is kept. It is started again by itself: try again in a moment.',
      retry: 'auto',
    });
  }
  if (status === undefined) {
    return make({
      code: 'dependency.model-runtime-missing',
      userMessage:
        'The local model runtime does not answer. What you have is kept, and everything else works without it. Start Ollama, or see Settings, Models.',
      retry: 'auto',
    });
  }
  return make({
    code: 'dependency.chat-model-failed',
    userMessage: `The local model failed: ${message}. What you have is kept. Try again, or choose another model under Settings, Models.`,
    retry: status >= 500 ? 'auto' : 'user',
  });
}

export function noChatModel(): AppError {
  return new AppError({
    code: 'dependency.chat-model-missing',
    userMessage:
      'No chat model is installed. What you have is kept, and everything else works without one. Install one under Settings, Models.',
    retry: 'user',
  });
}

/** Whether the runtime refused a prompt because it does not fit into the context. */
export function isContextOverflow(thrown: unknown): boolean {
  return thrown instanceof Error && /context (length|size|window)|exceeds.*context/i.test(thrown.message);
}

function readStatus(thrown: unknown): number | undefined {
  if (thrown instanceof RuntimeRefusal) return thrown.status;
  if (typeof thrown !== 'object' || thrown === null || !('status_code' in thrown)) return undefined;
  return typeof thrown.status_code === 'number' ? thrown.status_code : undefined;
}
