import { basename, join } from 'node:path';
import type { PublishableMedia } from '../src-connectors/common/node/connector.ts';
import { openConnectors } from '../src-connectors/common/node/open-connectors.ts';
import { openConnectorContext } from '../src-connectors/common/node/open-context.ts';
import { createAssetRepository } from '../src-data/assets.ts';
import { createCredentialRepository } from '../src-data/credentials.ts';
import type { LibraryDatabase } from '../src-data/database.ts';
import { assetNotFound } from '../src-data/database-errors.ts';
import { describeAssetFiles } from '../src-node/asset-files.ts';
import type { DataFolder } from '../src-node/data-folder.ts';
import type { Logger } from '../src-node/logger.ts';
import { requireNativePart } from '../src-node/native-parts.ts';
import { createSystemKeyring, type Keyring } from '../src-node/secrets/keyring.ts';
import { createRunKeys } from '../src-node/secrets/run-keys.ts';
import { createVault } from '../src-node/secrets/vault.ts';
import type { Account } from '../src-shared/domain/account.ts';
import type { MediaReference } from '../src-shared/domain/variant-content.ts';
import type { PublishingPort } from './activities/publishing-port.ts';
import type { MediaTaskOptions } from './adapters/media/media-tools.ts';
import { fitMedia } from './adapters/media/fit/fit-media.ts';

export interface PublishingPortOptions {
  database: LibraryDatabase;
  dataFolder: DataFolder;
  logger: Logger;
  /** The secret of this run, with which an unlocked key is shared between processes. */
  runSecret: string | undefined;
  /** For tests: another one than the system's. */
  keyring?: Keyring | undefined;
}

/** The platforms as the activities see them. */
export function createPublishingPort(options: PublishingPortOptions): PublishingPort {
  const { database, dataFolder, logger, runSecret, keyring = createSystemKeyring() } = options;
  const vault = createVault({
    store: createCredentialRepository(database),
    keyring,
    runKeys: createRunKeys(dataFolder.runFolder, runSecret),
  });
  const assets = createAssetRepository(database);

  async function fitOne(
    { assetId, altText, clip }: MediaReference,
    { limits }: Account,
    options: MediaTaskOptions,
  ): Promise<{ file: PublishableMedia; renderedMs: number }> {
    const asset = assets.find(assetId);
    if (asset === undefined) throw assetNotFound(assetId);
    const tools = {
      ffmpegPath: requireNativePart('ffmpeg').path,
      ffprobePath: requireNativePart('ffprobe').path,
    };
    const { path, mimeType, probe, renderedMs } = await fitMedia(
      {
        sourcePath: asset.path,
        contentKey: asset.contentHash ?? `${asset.path}:${asset.fileModifiedAt ?? ''}`,
        folder: join(describeAssetFiles(dataFolder, assetId).folder, 'fitted'),
        limits,
        clip,
      },
      tools,
      options,
    );
    const file = {
      kind: probe.kind,
      path,
      mimeType,
      sizeBytes: probe.sizeBytes,
      durationMs: probe.durationMs,
      widthPx: probe.displayWidthPx,
      heightPx: probe.displayHeightPx,
      altText,
      title: asset.title === '' ? basename(asset.path) : asset.title,
    };
    return { file, renderedMs };
  }

  return {
    connectorOf: openConnectors(dataFolder),
    openContext: (account, context) => openConnectorContext({ vault, logger }, account, context),
    async fitMedia(parts, account, options) {
      let totalMs = 0;
      const fitted: { text: string; media: PublishableMedia[] }[] = [];
      for (const { text, media } of parts) {
        const files: PublishableMedia[] = [];
        // One after the other: the media tool uses every core by itself.
        for (const reference of media) {
          const { file, renderedMs } = await fitOne(reference, account, options);
          files.push(file);
          totalMs += renderedMs;
        }
        fitted.push({ text, media: files });
      }
      return { parts: fitted, renderedMs: totalMs };
    },
  };
}
