import { AppError } from '../../src-shared/domain/errors.ts';
import type { ChangeHandler, QueryHandler } from './handler-types.ts';
import { findSpeechModel } from './speech-models.ts';

export const readSettings: QueryHandler<'read-settings'> = {
  answer: (_input, { settings }) => settings.read(),
};

export const readHttpDoor: QueryHandler<'read-http-door'> = {
  answer: (_input, { httpDoor }) => httpDoor.readState(),
};

export const updateSettings: ChangeHandler<'update-settings'> = {
  prepare: (changes, services) => () => {
    const { speechModelId } = changes;
    if (speechModelId !== undefined && findSpeechModel(services, speechModelId)?.state !== 'installed') {
      throw new AppError({
        code: 'dependency.speech-model-missing',
        userMessage: `The speech model ${speechModelId} is not installed. The settings are as before. Download it first.`,
        retry: 'user',
        details: { speechModelId },
      });
    }
    const before = services.settings.read();
    const after = services.settings.update(changes);
    return {
      output: after,
      entityId: null,
      async afterCommit() {
        if (after.ollamaAddress !== before.ollamaAddress) {
          services.processes.setOllamaAddress(after.ollamaAddress);
        }
        await services.httpDoor.setOpen(after.isHttpDoorOpen);
      },
    };
  },
};
