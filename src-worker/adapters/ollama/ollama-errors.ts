import { AppError } from '../../../src-shared/domain/errors.ts';

/** Turns what the runtime or the network said into an error that tells the person what to do. */
export function toChatError(thrown: unknown, model: string | null): AppError {
  if (thrown instanceof AppError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const status = readStatus(thrown);
  const details = { model, status: status ?? null, message };
  if (status === 404) {
    return new AppError({
      code: 'dependency.chat-model-missing',
      userMessage: `The chat model ${model ?? ''} is not installed. The transcript is kept. Choose or install a model under Settings, Models, then try again.`,
      retry: 'user',
      details,
      cause: thrown,
    });
  }
  if (/memory/i.test(message)) {
    return new AppError({
      code: 'dependency.chat-model-failed',
      userMessage: `The chat model ${model ?? ''} needs more memory than is free. The transcript is kept. Close other programs or choose a smaller model under Settings, Models, then try again.`,
      retry: 'user',
      details,
      cause: thrown,
    });
  }
  return new AppError({
    code: 'dependency.chat-model-failed',
    userMessage:
      status === undefined
        ? 'The local model runtime does not answer. The transcript is kept. Start Ollama again and try again.'
        : `The local model failed: ${message}. The transcript is kept. Try again, or choose another model under Settings, Models.`,
    retry: status === undefined || status >= 500 ? 'auto' : 'user',
    details,
    cause: thrown,
  });
}

/** Whether the runtime refused a prompt because it does not fit into the context. */
export function isContextOverflow(thrown: unknown): boolean {
  return thrown instanceof Error && /context (length|size|window)|exceeds.*context/i.test(thrown.message);
}

function readStatus(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('status_code' in thrown)) return undefined;
  return typeof thrown.status_code === 'number' ? thrown.status_code : undefined;
}
