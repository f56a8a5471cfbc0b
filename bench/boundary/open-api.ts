import { startApi, type RunningApi } from '../../src-api/start-api.ts';
import type { DataFolder } from '../../src-node/data-folder.ts';
import { createSilentLogger } from '../../src-node/logger.ts';
import { temporalNamespace } from '../../src-shared/domain/workflows.ts';

/** The api in this process, against the work engine at this address. */
export function openBenchApi(dataFolder: DataFolder, address: string): Promise<RunningApi> {
  return startApi({
    dataFolder,
    logger: createSilentLogger(),
    appVersion: '0.0.0',
    temporal: { address, namespace: temporalNamespace },
    internalToken: undefined,
    resourcesFolder: undefined,
    commandLineProgram: '',
    processes: {
      read: () => [],
      retry: () => undefined,
      setOllamaAddress: () => undefined,
      endWork: () => undefined,
      readOllamaAddress: () => null,
      isOllamaOnItsWay: () => false,
    },
  });
}
