#!/usr/bin/env node
// npm run bench: measures against peers on this machine. Further arguments go to bench/run.ts.
import { join } from 'node:path';
import { projectRoot } from './setup/places.mjs';
import { hasDisplay, prepare } from './setup/prepare.mjs';
import { createProgress } from './setup/progress.mjs';
import { runInForeground } from './setup/run-command.mjs';
import { runEntryPoint } from './setup/setup-error.mjs';
import { startVirtualDisplay } from './setup/virtual-display.mjs';

await runEntryPoint(async () => {
  const { nodePath, env } = await prepare({
    progress: createProgress(),
    level: 'window',
    needsBuild: true,
    ollamaRun: 'no',
  });
  const virtual = hasDisplay() ? undefined : await startVirtualDisplay();
  try {
    const args = [join(projectRoot, 'bench', 'run.ts'), ...process.argv.slice(2)];
    return await runInForeground(nodePath, args, { cwd: projectRoot, env: { ...env, ...virtual?.env } });
  } finally {
    virtual?.stop();
  }
});
