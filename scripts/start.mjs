#!/usr/bin/env node
// npm start: brings what is missing, builds if need be, and opens the app.
import { join } from 'node:path';
import { dataFolder, isRoot, projectRoot } from './setup/places.mjs';
import { hasDisplay, prepare } from './setup/prepare.mjs';
import { createProgress, formatDuration } from './setup/progress.mjs';
import { runInForeground } from './setup/run-command.mjs';
import { runEntryPoint } from './setup/setup-error.mjs';
import { startVirtualDisplay } from './setup/virtual-display.mjs';

await runEntryPoint(async () => {
  const startedAt = Date.now();
  const progress = createProgress();
  const { electronPath, env } = await prepare({
    progress,
    level: 'window',
    needsBuild: true,
    ollamaRun: 'unless-running',
  });

  // Chromium's own complaints, for example about a missing message bus, help nobody here.
  const args = [projectRoot, '--log-level=3'];
  // Chromium refuses to run as root with its sandbox.
  if (isRoot) args.push('--no-sandbox');
  /** @type {import('./setup/virtual-display.mjs').VirtualDisplay | undefined} */
  let virtual;
  if (!hasDisplay()) {
    virtual = await startVirtualDisplay();
    const screenshot = env['LONGHAND_SCREENSHOT'] ?? join(dataFolder(), 'screenshots', 'window.png');
    Object.assign(env, virtual.env, { LONGHAND_SCREENSHOT: screenshot });
    args.push('--disable-gpu');
    progress.say(`There is no display: the window is on the virtual display ${virtual.display}.`);
    progress.say(`A screenshot of it is kept in ${screenshot}`);
  }
  progress.say(
    `Opening Longhand, ${formatDuration(Date.now() - startedAt)} after the start. Ctrl-C quits it.`,
  );
  env['LONGHAND_MILESTONES'] = '1';
  delete env['ELECTRON_RUN_AS_NODE'];
  try {
    return await runInForeground(electronPath, [...args, ...process.argv.slice(2)], {
      cwd: projectRoot,
      env,
    });
  } finally {
    virtual?.stop();
  }
});
