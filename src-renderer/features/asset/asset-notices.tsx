import { Link } from '@tanstack/react-router';
import { Ban, MapPin, RotateCw } from 'lucide-react';
import type { AssetDetail } from '../../../src-shared/domain/asset.ts';
import { chooseAndAdd } from '../../app/add-media.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { Progress } from '../../ui/progress.tsx';
import { describeStepWithTime } from '../library/asset-words.ts';
import type { AssetActions } from '../library/use-asset-actions.tsx';

/** What stands between a person and the transcript: work going on, a failure, a file that is gone. */
export function AssetNotices({ asset, actions }: { asset: AssetDetail; actions: AssetActions }) {
  const isInWork = asset.status === 'ingesting';
  const isCancelled = asset.status === 'cancelled';
  const isFailed = asset.status === 'failed' && asset.error !== null;
  if (!isInWork && !isCancelled && !isFailed && !asset.isFileMissing && asset.duplicateOf === null)
    return null;
  return (
    <div className="mx-auto flex w-full max-w-3xl shrink-0 flex-col gap-3 px-6 pt-4">
      {asset.isFileMissing ? (
        <div role="alert" className="rounded-lg bg-bad-soft p-3.5">
          <div className="font-semibold text-bad">The file is not where it was</div>
          <p className="selectable mt-0.5">
            It was at <span className="font-mono text-xs break-all">{asset.path}</span>. The transcript and
            your edits are kept; show where it is now and it plays again.
          </p>
          <div className="mt-2.5 flex gap-2">
            <Button size="small" onClick={() => actions.locate(asset, 'moved-file')}>
              <MapPin /> Locate…
            </Button>
            <Button size="small" look="ghost" onClick={() => actions.locate(asset, 'moved-folder')}>
              Look in a folder…
            </Button>
          </div>
        </div>
      ) : null}
      {isFailed && asset.error !== null ? (
        <ErrorNotice
          error={asset.error}
          retry={() => actions.retry(asset)}
          locate={() => actions.locate(asset, 'moved-file')}
          chooseAnother={() => void chooseAndAdd('media-files')}
          showFile={() => actions.showInFolder(asset)}
        />
      ) : null}
      {asset.duplicateOf === null ? null : (
        <p className="rounded-lg bg-panel p-3.5">
          The same recording is in the library already.{' '}
          <Link
            to="/asset/$assetId"
            params={{ assetId: asset.duplicateOf }}
            className="font-medium text-accent underline"
          >
            Open it
          </Link>
        </p>
      )}
      {isInWork ? <WorkInHand asset={asset} onCancel={() => actions.cancel(asset)} /> : null}
      {isCancelled ? (
        <div className="flex items-center justify-between gap-4 rounded-lg bg-panel py-2 pr-2 pl-3.5">
          <span>Processing was cancelled. What was transcribed is kept.</span>
          <Button size="small" onClick={() => actions.retry(asset)}>
            <RotateCw /> Continue
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** The step in hand; all steps are among the details. */
function WorkInHand({ asset, onCancel }: { asset: AssetDetail; onCancel: () => void }) {
  const running = asset.steps.find(({ state }) => state === 'running') ?? null;
  const position = running === null ? 0 : asset.steps.indexOf(running) + 1;
  const facts = [
    running?.note ?? null,
    position === 0 ? null : `step ${position} of ${asset.steps.length}`,
    running === null || running.attempt < 2 ? null : `try ${running.attempt}`,
  ].filter((fact) => fact !== null);
  return (
    <section
      aria-label="Work in hand"
      className="rounded-lg border border-line bg-raised py-2 pr-2 pl-3.5 shadow-card"
    >
      <div className="flex items-center gap-4">
        <div className="min-w-0 flex-1">
          <span className="font-medium tabular">{describeStepWithTime(running)}</span>
          <span className="ml-2.5 text-xs text-ink-soft">{facts.join(', ')}</span>
        </div>
        <Button size="small" look="ghost" onClick={onCancel}>
          <Ban /> Cancel
        </Button>
      </div>
      {running === null ? null : (
        <Progress label="Progress" value={running.progress} className="mt-1 mr-1.5 mb-1" />
      )}
    </section>
  );
}
