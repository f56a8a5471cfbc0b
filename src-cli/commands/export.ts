import { resolve } from 'node:path';
import { AppError } from '../../src-shared/domain/errors.ts';
import { transcriptFormatSchema } from '../../src-shared/domain/transcript.ts';
import { saveUserFile } from '../../src-node/save-user-file.ts';
import { exitCodes } from '../exit-codes.ts';
import { unwrap, withConnection, type CommandWork } from '../run-command.ts';

export interface ExportOptions {
  format: string;
  output?: string;
}

/** Prints a transcript, or writes it to a file. */
export function createExportCommand(assetId: string, options: ExportOptions): CommandWork {
  return (context) =>
    withConnection(context, async ({ client }) => {
      const format = transcriptFormatSchema.safeParse(options.format);
      if (!format.success) {
        throw new AppError({
          code: 'input.invalid',
          userMessage: `There is no format “${options.format}”. Choose one of ${transcriptFormatSchema.options.join(', ')}.`,
          retry: 'never',
        });
      }
      const exported = unwrap(await client.commands.exportTranscript({ assetId, format: format.data }));
      if (!exported.isComplete)
        context.terminal.tell('longhand: the transcript does not reach the end of the recording yet.');
      if (options.output === undefined) context.terminal.printResult(exported.text);
      else await saveUserFile(resolve(options.output), exported.text);
      return exitCodes.done;
    });
}
