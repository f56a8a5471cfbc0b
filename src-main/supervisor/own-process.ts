import { join } from 'node:path';
import type { ProcessName } from '../../src-shared/domain/process-status.ts';
import type { DataFolder } from '../../src-node/data-folder.ts';
import { requireNativePart } from '../../src-node/native-parts.ts';
import { childEnvironment } from '../../src-node/supervisor-protocol.ts';
import { temporalNamespace } from '../../src-shared/domain/workflows.ts';
import { buildOwnEnvironment } from './child-environment.ts';
import type { ProcessKind } from './process-kind.ts';
import type { LaunchPlan } from './running-child.ts';

export interface OwnProcessOptions {
  dataFolder: DataFolder;
  /** The folder with `api.js` and `worker.js`. A plain Node cannot read inside an ASAR: it must be unpacked. */
  programsFolder: string;
  appVersion: string;
  env: NodeJS.ProcessEnv;
  /** With this the worker calls the api. */
  internalToken: string;
  /** `host:port` of Temporal's frontend, whether it runs yet or not. */
  readTemporalAddress: () => Promise<string>;
}

/** The api starts at once: the window needs it, and it can do without Temporal for a while. */
export function createApiKind(options: OwnProcessOptions): ProcessKind {
  return { name: 'api', prepare: () => planOwnProcess('api', options) };
}

/** The worker has nothing to do without Temporal. */
export function createWorkerKind(
  options: OwnProcessOptions,
  waitForTemporal: (signal: AbortSignal) => Promise<void>,
): ProcessKind {
  return {
    name: 'worker',
    async prepare(signal, reportStatus) {
      reportStatus('Waiting for the work engine.');
      await waitForTemporal(signal);
      reportStatus(null);
      return planOwnProcess('worker', options);
    },
  };
}

/**
 * Every look of a workflow leaves a little garbage. Of the space that V8 would give to it, megabytes are filled before any
 * is collected, moved to where only slow collections reach, and those go on for minutes after the work is over
 * (https://nodejs.org/api/cli.html#--max-semi-space-sizesize-in-mib).
 */
const engineFlags = { api: [], worker: ['--max-semi-space-size=2'] } as const;

/** Both run on the pinned Node, the same in development, tests and the packaged app. */
async function planOwnProcess(
  name: ProcessName & ('api' | 'worker'),
  { dataFolder, programsFolder, appVersion, env, internalToken, readTemporalAddress }: OwnProcessOptions,
): Promise<LaunchPlan> {
  return {
    file: requireNativePart('node', env).path,
    args: ['--enable-source-maps', ...engineFlags[name], join(programsFolder, `${name}.js`)],
    cwd: dataFolder.root,
    env: buildOwnEnvironment(env, {
      [childEnvironment.dataFolder]: dataFolder.root,
      [childEnvironment.temporalAddress]: await readTemporalAddress(),
      [childEnvironment.temporalNamespace]: temporalNamespace,
      [childEnvironment.internalToken]: internalToken,
      // Parsed code is kept, so that a later start need not parse it again (https://nodejs.org/api/module.html#module-compile-cache).
      NODE_COMPILE_CACHE: join(dataFolder.runFolder, 'compile-cache'),
    }),
    usesIpc: true,
    version: appVersion,
    port: null,
  };
}
