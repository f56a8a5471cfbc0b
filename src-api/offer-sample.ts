import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '../src-node/logger.ts';
import type { Boundary } from './boundary/execute.ts';
import type { CommandServices } from './commands/services.ts';

export interface OfferSampleOptions {
  services: Pick<CommandServices, 'queries' | 'settings'>;
  boundary: Boundary;
  /** Undefined where the program does not know its resources (a developer's run of the api alone). */
  resourcesFolder: string | undefined;
  logger: Logger;
}

/**
 * Gives a newcomer something to look at: ingests the bundled recording into an empty library, once in its life. It is
 * copied, since an update may move the program's own files.
 */
export async function offerSample(options: OfferSampleOptions): Promise<void> {
  const { services, boundary, resourcesFolder, logger } = options;
  if (resourcesFolder === undefined || services.settings.recall('wasSampleOffered') === true) return;
  const path = join(resourcesFolder, 'sample-jfk.flac');
  if (services.queries.countLibrary().totalCount === 0 && existsSync(path)) {
    const result = await boundary.execute(
      { kind: 'system' },
      'internal',
      'ingest-media',
      { path, storage: 'copy', isSample: true },
      { idempotencyKey: 'sample' },
    );
    if (!result.ok) {
      logger.warn({ error: result.error }, 'the sample could not be ingested');
      return;
    }
    logger.info({ assetId: result.value.entityId }, 'the sample recording is being ingested');
  }
  services.settings.remember('wasSampleOffered', true);
}
