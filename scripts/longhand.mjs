#!/usr/bin/env node
// The command line. What is missing is brought quietly (stderr tells), then the built program runs on the pinned Node.
import { join } from 'node:path';
import { projectRoot } from './setup/places.mjs';
import { prepare } from './setup/prepare.mjs';
import { createProgress } from './setup/progress.mjs';
import { runInForeground } from './setup/run-command.mjs';
import { runEntryPoint } from './setup/setup-error.mjs';

await runEntryPoint(async () => {
  const { nodePath, env } = await prepare({
    progress: createProgress({ isQuiet: true }),
    needsBuild: true,
    ollamaRun: 'unless-running',
  });
  // `npm run` changes to the project's folder; the files that were named are in the folder it was called from.
  const cwd = (env['npm_lifecycle_event'] === 'longhand' && env['INIT_CWD']) || process.cwd();
  const program = join(projectRoot, 'dist-app', 'main', 'longhand.js');
  return runInForeground(nodePath, [program, ...process.argv.slice(2)], { cwd, env });
});
