#!/usr/bin/env node
// npm run build: builds the app into dist-app/. With --force also where nothing changed.
import { ensureBuild } from './setup/app-build.mjs';
import { ensurePart } from './setup/install-part.mjs';
import { ensureNodeModules, linkNode } from './setup/node-modules.mjs';
import { electron } from './setup/parts/electron.mjs';
import { node } from './setup/parts/node.mjs';
import { createProgress } from './setup/progress.mjs';
import { runEntryPoint } from './setup/setup-error.mjs';

await runEntryPoint(async () => {
  const progress = createProgress();
  await ensureNodeModules(progress);
  const { path: nodePath } = await ensurePart(node, { progress });
  linkNode(nodePath);
  const electronPart = await ensurePart(electron, { progress });
  await ensureBuild({
    nodePath,
    electron: electronPart,
    progress,
    isForced: process.argv.includes('--force'),
  });
  progress.say('dist-app/ is up to date.');
});
