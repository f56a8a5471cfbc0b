import type { LocalModels } from '../../../src-node/models/local-models.ts';
import type { ChatPort } from '../../activities/ports.ts';
import { describeTranscript } from './describe-transcript.ts';

/** The local model as the activities see it. */
export function createDescribePort(localModels: LocalModels): ChatPort {
  return {
    findModel: ({ signal }) => localModels.findModel('describe', { signal }),

    async describe(transcript, { signal, onProgress }) {
      const model = await localModels.openModel('describe', { signal });
      const described = await describeTranscript(transcript, {
        ask: model.ask,
        modelContextTokens: model.contextTokens,
        onProgress,
      });
      return { ...described, model: model.name };
    },
  };
}
