#!/usr/bin/env node
// npm run build: builds the app into dist-app/. With --force also where nothing changed.
import { ensureBuild } from './setup/app-build.mjs';
import { findPart } from './setup/install-part.mjs';
import { electron } from './setup/parts/electron.mjs';
import { prepare } from './setup/prepare.mjs';
import { createProgress } from './setup/progress.mjs';
import { runEntryPoint } from './setup/setup-error.mjs';

await runEntryPoint(async () => {
  const progress = createProgress();
  const { nodePath } = await prepare({ progress, level: 'tools' });
  await ensureBuild({
    nodePath,
    electron: findPart(electron) ?? { version: electron.pin },
    progress,
    isForced: process.argv.includes('--force'),
  });
  progress.say('dist-app/ is up to date.');
});
