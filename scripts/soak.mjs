#!/usr/bin/env node
// npm run soak: publishes 200 posts on the real Bluesky server in tests while the line breaks and processes are killed,
// and counts what stands there. npm run soak -- ROUNDS SEED
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
    needsTestParts: true,
    needsBuild: true,
    ollamaRun: 'no',
  });
  const args = [join(projectRoot, 'tests', 'soak', 'index.ts'), ...process.argv.slice(2)];
  return runInForeground(nodePath, args, { cwd: projectRoot, env: { ...env, LONGHAND_OLLAMA: 'none' } });
});
