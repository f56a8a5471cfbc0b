import type { z } from 'zod';
import { toAppError } from '../../src-shared/domain/errors.ts';
import { killProcessGroup } from './process-group.ts';
import { transcriberCommandSchema, type TranscriberMessage, type TranscriptionEvent } from './protocol.ts';
import { transcribeRecording, type TranscribeRecordingDependencies } from './transcribe-recording.ts';

/**
 * Makes this process a transcriber: it does the one transcription it is told to start, and ends, with every process
 * below it, when the channel to its parent closes.
 */
export function serveTranscription(createEngine: TranscribeRecordingDependencies['createEngine']): void {
  const unsaved = new Map<number, () => void>();
  let eventCount = 0;

  const emit = (event: TranscriptionEvent): Promise<void> => {
    const id = (eventCount += 1);
    return new Promise((resolve) => {
      unsaved.set(id, resolve);
      send({ type: 'event', id, event });
    });
  };

  const handle = (command: z.output<typeof transcriberCommandSchema>): void => {
    switch (command.type) {
      case 'saved':
        unsaved.get(command.id)?.();
        unsaved.delete(command.id);
        break;
      case 'start':
        transcribeRecording(command.request, { createEngine, emit })
          .then((summary) => send({ type: 'finished', summary }))
          .catch(sendFailure);
        break;
    }
  };

  process.on('disconnect', endWithEverythingBelow);
  process.on('message', (raw) => {
    const command = transcriberCommandSchema.safeParse(raw);
    if (command.success) handle(command.data);
    else sendFailure(command.error);
  });
  // The channel may have closed while this file was being loaded, before anyone listened.
  if (!process.connected) endWithEverythingBelow();
}

function send(message: TranscriberMessage): void {
  // Where the channel is closed the message has no reader, and the `disconnect` event ends this process.
  process.send?.(message, undefined, undefined, () => undefined);
}

function sendFailure(thrown: unknown): void {
  send({ type: 'failed', error: toAppError(thrown).toDto() });
}

function endWithEverythingBelow(): void {
  killProcessGroup(process.pid);
  process.exit(0);
}
