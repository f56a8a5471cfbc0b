// Runs on the pinned Node: bundles the workflows ahead of time, so that the worker is ready in a moment.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { projectRoot } from './places.mjs';

const output = join(projectRoot, 'dist-app', 'workflow-bundle.js');
const quiet = () => undefined;

const { code } = await bundleWorkflowCode({
  workflowsPath: join(projectRoot, 'src-worker', 'workflows', 'index.ts'),
  logger: {
    log: quiet,
    trace: quiet,
    debug: quiet,
    info: quiet,
    warn: (message) => process.stderr.write(`${message}\n`),
    error: (message) => process.stderr.write(`${message}\n`),
  },
  webpackConfigHook: (config) => ({
    ...config,
    // Sources import each other with their real ending.
    resolve: { ...config.resolve, extensionAlias: { '.js': ['.ts', '.js'] } },
  }),
});
mkdirSync(join(projectRoot, 'dist-app'), { recursive: true });
writeFileSync(`${output}.tmp`, code);
renameSync(`${output}.tmp`, output);
