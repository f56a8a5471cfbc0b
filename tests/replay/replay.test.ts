import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentLogger } from '../../src-node/logger.ts';
import { installTemporalRuntime } from '../../src-worker/temporal-runtime.ts';
import { bundleWorkflows } from '../fixtures/worker-harness.ts';
import { readHistory } from './history-file.ts';
import { scenarios } from './scenarios.ts';

const folder = join(import.meta.dirname, 'histories');
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe('the workflows of today', () => {
  beforeAll(() => installTemporalRuntime(createSilentLogger()));

  it.each(names)('go on with a workflow that was begun as %s', async (name) => {
    const history = readHistory(await readFile(join(folder, name), 'utf8'));
    await Worker.runReplayHistory({ ...(await bundleWorkflows()) }, history);
  });

  it.each(Object.keys(scenarios))('have a recorded history of %s', (name) => {
    expect(names.some((each) => each.endsWith(`-${name}.json`))).toBe(true);
  });
});
