import { Command, CommanderError, Option } from 'commander';
import { appVersion } from '../src-node/app-version.ts';
import { transcriptFormatSchema } from '../src-shared/domain/transcript.ts';
import { createCallCommand, createListCommand, type CallOptions } from './commands/call.ts';
import { createExportCommand, type ExportOptions } from './commands/export.ts';
import { createIngestCommand } from './commands/ingest.ts';
import { createMcpCommand } from './commands/mcp.ts';
import {
  createModelsDeleteCommand,
  createModelsImportCommand,
  createModelsListCommand,
  createModelsPullCommand,
  createModelsStopCommand,
} from './commands/models.ts';
import { serve } from './commands/serve.ts';
import { createStatusCommand } from './commands/status.ts';
import { exitCodes } from './exit-codes.ts';
import { runCommand, type CommandWork } from './run-command.ts';

const epilogue = `
LONGHAND_HOME chooses the data folder, which holds all state. Results go to standard output, progress and errors to
standard error; LONGHAND_DEBUG=1 adds the trace of an error.

Exit codes: 0 done; 1 something did not succeed; 2 wrong usage; 3 the services do not start; 130 Ctrl+C.`;

/** @param programsFolder the folder of the built programs, `dist-app/main` */
export function createProgram(programsFolder: string): Command {
  const run = (work: CommandWork) => runCommand(programsFolder, work);
  const program = new Command('longhand')
    .description('Transcribes recordings on this computer and keeps them ready for review.')
    .version(appVersion)
    .addHelpText('after', epilogue)
    .exitOverride();

  program
    .command('serve')
    .description('run the services without a window')
    .action(() => run(serve));

  program
    .command('status')
    .description('tell how each process is')
    .option('--json', 'as JSON', false)
    .action((options: { json: boolean }) => run(createStatusCommand(options)));

  program
    .command('ingest')
    .description('add recordings: files, or folders with all media in them')
    .argument('<file...>')
    .option('--wait', 'stay until each is in the review queue or has failed', false)
    .option('--json', 'one JSON line per recording on standard output', false)
    .option('--copy', 'keep a copy in the data folder instead of a reference', false)
    .action((files: string[], options: { wait: boolean; json: boolean; copy: boolean }) =>
      run(createIngestCommand(files, options)),
    );

  program
    .command('export')
    .description('print the transcript of a recording')
    .argument('<asset>', 'its id')
    .addOption(
      new Option('--format <format>', 'of the transcript')
        .choices(transcriptFormatSchema.options)
        .default('txt'),
    )
    .option('--output <file>', 'write it there instead')
    .action((assetId: string, options: ExportOptions) => run(createExportCommand(assetId, options)));

  addModels(
    program.command('models').description('models for speech and chat: list, download, import, delete'),
    run,
  );

  program
    .command('commands')
    .description('list every command of the contract')
    .option('--json', 'with mode and JSON schemas', false)
    .action((options: { json: boolean }) => run(createListCommand(options)));

  program
    .command('call')
    .description('run any command of the contract')
    .argument('<name>')
    .option('--input <json>', 'its input as JSON, or - for standard input', '{}')
    .option(
      '--idempotency-key <key>',
      'the same key and input give the same answer, and nothing is done twice',
    )
    .action((name: string, options: CallOptions) => run(createCallCommand(name, options)));

  program
    .command('mcp')
    .description('serve the commands as tools of the Model Context Protocol on standard input and output')
    .action(() => run(createMcpCommand()));

  return program;
}

function addModels(models: Command, run: (work: CommandWork) => Promise<void>): void {
  models
    .command('list')
    .option('--json', 'as JSON', false)
    .action((options: { json: boolean }) => run(createModelsListCommand(options)));
  models
    .command('pull')
    .description('download a model and wait for it')
    .argument('<model>', 'a speech model such as small, or a chat model with its size such as qwen3:0.6b')
    .action((modelId: string) => run(createModelsPullCommand(modelId)));
  models
    .command('import')
    .description('copy a speech model of your own: a CTranslate2 folder or a ggml file')
    .argument('<path>')
    .action((path: string) => run(createModelsImportCommand(path)));
  models
    .command('delete')
    .argument('<model>')
    .action((modelId: string) => run(createModelsDeleteCommand(modelId)));
  models
    .command('stop')
    .description('stop a download')
    .argument('<model>')
    .action((modelId: string) => run(createModelsStopCommand(modelId)));
}

/** Parses and runs. Wrong usage has been explained by then; its exit code is the usual 2. */
export async function runProgram(programsFolder: string, argv: readonly string[]): Promise<void> {
  try {
    await createProgram(programsFolder).parseAsync([...argv]);
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    process.exitCode = thrown.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
}
