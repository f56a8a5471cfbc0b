import { toast } from 'sonner';
import type { ChoosePurpose } from '../../src-shared/contract/window-bridge.ts';
import { formatQuantity } from '../ui/format.ts';
import { bridge } from './bridge.ts';
import { callPatiently } from './command-data.ts';
import { toErrorDto } from './command-error.ts';
import { showError } from './error-toast.tsx';
import { fileNameOf, mapAtMost, summariseAttempts, type IngestAttempt } from './ingest-outcome.ts';
import { openTarget } from './navigation.ts';

const mostAtOnce = 4;
/** More failures than this are told in one toast. */
const mostFailuresShown = 3;

/**
 * Adds files and the media inside folders, and tells in toasts what was added and what failed why.
 * @returns the assets that were made of them
 */
export async function addPaths(paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  const toastId = toast.loading(
    paths.length === 1 ? `Looking at ${fileNameOf(paths[0] ?? '')}…` : 'Looking at the files…',
  );
  try {
    // Also what is dropped on a window that has only just opened is taken in, as soon as there is somebody to take it.
    const { files, skippedCount, isCutOff } = await callPatiently('expandPaths', {
      paths: paths.slice(0, 1000),
    });
    if (files.length === 0) {
      toast.warning('Nothing to add', {
        id: toastId,
        description: `No audio, video or images in ${paths.map(fileNameOf).slice(0, 3).join(', ')}.`,
      });
      return [];
    }
    const attempts = await mapAtMost(files, mostAtOnce, addFile);
    toast.dismiss(toastId);
    tellOutcome(attempts, skippedCount, isCutOff);
    return attempts.flatMap(({ result }) => (result.ok ? [result.value.entityId] : []));
  } catch (thrown) {
    toast.dismiss(toastId);
    showError(toErrorDto(thrown), { onRetry: () => void addPaths(paths) });
    return [];
  }
}

async function addFile(path: string): Promise<IngestAttempt> {
  try {
    return { path, result: { ok: true, value: await callPatiently('ingestMedia', { path }) } };
  } catch (thrown) {
    return { path, result: { ok: false, error: toErrorDto(thrown) } };
  }
}

function tellOutcome(attempts: readonly IngestAttempt[], skippedCount: number, isCutOff: boolean): void {
  const { addedCount, failures } = summariseAttempts(attempts);
  if (addedCount > 0) {
    const skipped =
      skippedCount > 0 ? `${formatQuantity(skippedCount, 'other file')} left out: not media.` : undefined;
    const description = isCutOff
      ? 'There are more than can be added at once. Add the rest afterwards.'
      : skipped;
    toast.success(`${formatQuantity(addedCount, 'file')} added`, {
      ...(description === undefined ? {} : { description }),
      action: { label: 'See progress', onClick: () => openTarget({ screen: 'activity' }) },
    });
  }
  for (const { name, error } of failures.slice(0, mostFailuresShown)) showError(error, { subject: name });
  const untold = failures.slice(mostFailuresShown);
  if (untold.length > 0) {
    toast.error(`${formatQuantity(untold.length, 'more file')} could not be added`, {
      description: untold.map(({ name }) => name).join(', '),
      duration: 12_000,
    });
  }
}

/** Opens the native dialog for files or a folder and adds what was chosen. */
export async function chooseAndAdd(
  purpose: Extract<ChoosePurpose, 'media-files' | 'media-folder'>,
): Promise<void> {
  await addPaths(await bridge.choosePaths(purpose));
}
