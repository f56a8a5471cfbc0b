#!/usr/bin/env node
// npm run dev: the development loop. The window reloads on a change; main, api and worker are built and started again.
import { join } from 'node:path';
import { findPart } from './setup/install-part.mjs';
import { electron } from './setup/parts/electron.mjs';
import { isRoot, projectRoot, dataFolder } from './setup/places.mjs';
import { hasDisplay, prepare } from './setup/prepare.mjs';
import { createProgress } from './setup/progress.mjs';
import { runInForeground } from './setup/run-command.mjs';
import { runEntryPoint } from './setup/setup-error.mjs';
import { startVirtualDisplay } from './setup/virtual-display.mjs';

await runEntryPoint(async () => {
  const progress = createProgress();
  const { nodePath, electronPath, env } = await prepare({
    progress,
    level: 'window',
    needsBuild: true,
    ollamaRun: 'unless-running',
  });
  const major = findPart(electron)?.version.split('.')[0];
  Object.assign(env, { ELECTRON_EXEC_PATH: electronPath, ...(major && { ELECTRON_MAJOR_VER: major }) });
  const args = [
    join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
    'dev',
    '--watch',
  ];
  if (isRoot) args.push('--noSandbox');
  /** @type {import('./setup/virtual-display.mjs').VirtualDisplay | undefined} */
  let virtual;
  if (!hasDisplay()) {
    virtual = await startVirtualDisplay();
    const screenshot = join(dataFolder(), 'screenshots', 'window.png');
    Object.assign(env, virtual.env, { LONGHAND_SCREENSHOT: screenshot });
    progress.say(
      `There is no display: the window is on ${virtual.display}; a screenshot of it is kept in ${screenshot}`,
    );
  }
  try {
    return await runInForeground(nodePath, [...args, ...process.argv.slice(2)], { cwd: projectRoot, env });
  } finally {
    virtual?.stop();
  }
});
