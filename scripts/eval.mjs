#!/usr/bin/env node
// npm run eval: how well wishes in plain words are understood, by model. `--verbose` names those that were not.
import { join } from 'node:path';
import { projectRoot } from './setup/places.mjs';
import { prepare } from './setup/prepare.mjs';
import { createProgress } from './setup/progress.mjs';
import { runInForeground } from './setup/run-command.mjs';
import { runEntryPoint } from './setup/setup-error.mjs';

await runEntryPoint(async () => {
  const { nodePath, env } = await prepare({
    progress: createProgress(),
    level: 'services',
    needsBuild: false,
    ollamaRun: 'no',
  });
  const args = [join(projectRoot, 'tests', 'eval', 'run.ts'), ...process.argv.slice(2)];
  return runInForeground(nodePath, args, { cwd: projectRoot, env });
});
