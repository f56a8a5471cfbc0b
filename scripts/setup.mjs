#!/usr/bin/env node
// npm run setup: brings everything that the app and its tests need, and nothing else happens.
// npm run setup -- --fresh <part>…: fetches these parts again. npm run setup -- --wait-for-ollama: waits for it too.
import { waitForOllama } from './setup/background.mjs';
import { ensurePart } from './setup/install-part.mjs';
import { ensureNodeModules } from './setup/node-modules.mjs';
import { allParts, findPartByName } from './setup/parts.mjs';
import { prepare } from './setup/prepare.mjs';
import { createProgress } from './setup/progress.mjs';
import { SetupError, runEntryPoint } from './setup/setup-error.mjs';

await runEntryPoint(async () => {
  const args = process.argv.slice(2);
  const progress = createProgress();
  if (args[0] === '--fresh') {
    const names = args.slice(1);
    if (names.length === 0)
      throw new SetupError(`Which part? ${allParts.map(({ name }) => name).join(', ')}`);
    await ensureNodeModules(progress);
    for (const name of names) {
      const part = findPartByName(name);
      if (!part)
        throw new SetupError(
          `There is no part "${name}". There are: ${allParts.map((each) => each.name).join(', ')}`,
        );
      await ensurePart(part, { progress, isFresh: true });
    }
    return;
  }
  const { nodePath } = await prepare({
    progress,
    level: 'window',
    needsTestParts: true,
    needsBuild: true,
    ollamaRun: 'background',
  });
  if (args.includes('--wait-for-ollama')) await waitForOllama(nodePath, progress);
  progress.say('Everything is ready.');
});
