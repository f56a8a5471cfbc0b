import { copyFile, mkdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { z } from 'zod';
import type { DataFolder } from '../../../src-node/data-folder.ts';
import { describeKitFolder } from '../../../src-node/post-kits.ts';
import { replaceFile } from '../../../src-node/replace-file.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import type {
  Connector,
  ConnectorContext,
  FrozenPublication,
  PublishableVariant,
  Published,
} from '../../common/node/connector.ts';
import { expectPrepared } from '../../common/node/publish-error.ts';
import { writeWhole } from '../../common/node/write-whole.ts';

const frozenVersion = 1;

const frozenSchema = z.strictObject({
  caption: z.string(),
  files: z.array(z.strictObject({ sourcePath: z.string(), name: z.string(), altText: z.string() })),
});
type FrozenKit = z.infer<typeof frozenSchema>;

/**
 * Platforms without an open interface: when the post is due its text and files lie in a folder of their own, fitted to
 * the platform, and the person posts them and says so.
 */
export function createManualConnector(dataFolder: DataFolder): Connector {
  return {
    platform: 'manual',
    prepare: (variant, context) => Promise.resolve(freeze(variant, context)),

    async publish({ handle, content }): Promise<Published> {
      const folder = describeKitFolder(dataFolder, handle);
      const { caption, files } = frozenSchema.parse(content);
      await mkdir(folder, { recursive: true });
      for (const { sourcePath, name } of files) {
        await expectPrepared(sourcePath);
        await replaceFile(join(folder, name), (temporaryPath) => copyFile(sourcePath, temporaryPath));
      }
      await writeWhole(join(folder, 'caption.txt'), `${caption}\n`);
      return { remoteId: handle, url: null };
    },

    // Only the person knows.
    reconcile: () =>
      Promise.resolve({ state: 'unknown', reason: 'It is posted by hand, so only you can tell.' }),
    readMetrics: () => Promise.reject(byHand()),
    remove: () => Promise.reject(byHand()),
  };
}

function freeze(variant: PublishableVariant, { now }: ConnectorContext): FrozenPublication {
  const texts = variant.parts.map(({ text }) => text);
  const heading = variant.title === null ? [] : [variant.title];
  const media = variant.parts.flatMap((part) => part.media);
  const content: FrozenKit = {
    caption: [...heading, ...texts].join('\n\n'),
    files: media.map(({ path, altText }, index) => ({
      sourcePath: path,
      name: `${index + 1}${extname(path)}`,
      altText,
    })),
  };
  return {
    platform: 'manual',
    version: frozenVersion,
    handle: variant.targetId,
    createdAt: now().toISOString(),
    content,
  };
}

function byHand(): AppError {
  return new AppError({
    code: 'input.wrong-state',
    userMessage: 'This was posted by hand. Nothing was changed. Look at it on the platform itself.',
    retry: 'never',
  });
}
