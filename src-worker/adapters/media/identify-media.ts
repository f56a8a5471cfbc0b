import type { MediaIdentity } from './decide-identity.ts';
import { examineFile } from './examine-file.ts';
import type { MediaTools } from './media-tools.ts';

/**
 * Finds out whether a file is audio, video or a picture, by its content and not by its name. Whether it can be used
 * in full, `probeMedia` tells, which reads further.
 *
 * @throws AppError `input.empty-file`, `input.not-media`, `media.truncated` (where nothing can be read),
 *   `media.unsupported`, `storage.vanished`, `storage.unreadable`, `dependency.missing`
 */
export async function identifyMedia(
  path: string,
  tools: MediaTools,
  options: { signal: AbortSignal },
): Promise<MediaIdentity> {
  const examined = await examineFile(path, tools, { ...options, operation: 'identify' });
  return examined.identity;
}
