// Records what the workflows do today: `node tests/replay/record.ts`, or only the scenarios that are named. Histories
// of shipped versions are never recorded again: a workflow that was started with an old version must be able to go on
// with a new one.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSilentLogger } from '../../src-node/logger.ts';
import { installTemporalRuntime } from '../../src-worker/temporal-runtime.ts';
import { writeHistory } from './history-file.ts';
import { openTimeSkippingServer, runScenario } from './run-scenario.ts';
import { scenarios } from './scenarios.ts';

installTemporalRuntime(createSilentLogger());
const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  version: string;
};
const environment = await openTimeSkippingServer();
const wanted = process.argv.slice(2);
for (const [name, scenario] of Object.entries(scenarios)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  await runScenario(environment, scenario, async (handle) => {
    await handle.result().catch(() => undefined); // Every way of ending is a history.
    const path = join(import.meta.dirname, 'histories', `${version}-${name}.json`);
    await writeFile(path, writeHistory(await handle.fetchHistory()));
    process.stdout.write(`${name}\n`);
  });
}
await environment.teardown();
