import type { ChatPort } from '../../activities/ports.ts';
import { describeTranscript } from '../describe/describe-transcript.ts';
import type { OllamaRuntime } from './ollama-runtime.ts';

/** The local model as the activities see it. */
export function createOllamaChat(runtime: OllamaRuntime): ChatPort {
  return {
    async findModel(preferred, { signal }) {
      const names = await runtime.listChatModels(signal);
      if (names === null) return null;
      const isPreferred = (name: string): boolean =>
        name === preferred || name === `${preferred ?? ''}:latest`;
      return names.find(isPreferred) ?? names[0] ?? null;
    },

    async describe(transcript, { model, signal, onProgress }) {
      const modelContextTokens = await runtime.readContextTokens(model, signal);
      return describeTranscript(transcript, {
        ask: runtime.openModel(model, signal),
        modelContextTokens,
        onProgress,
      });
    },
  };
}
