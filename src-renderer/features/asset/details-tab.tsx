import { TriangleAlert } from 'lucide-react';
import type { AssetDetail } from '../../../src-shared/domain/asset.ts';
import type { MediaProbe } from '../../../src-shared/domain/media-probe.ts';
import { useZone } from '../../app/zone.ts';
import { classNames } from '../../ui/class-names.ts';
import { MakeReady } from '../renderings/make-ready.tsx';
import { factsOf } from './read-probe.ts';
import { StepsList } from './steps-list.tsx';

/** Everything known about the file, and how it came into the library. */
export function DetailsTab({ asset }: { asset: AssetDetail }) {
  const zone = useZone();
  const warnings = (asset.probe as Partial<MediaProbe> | null)?.warnings ?? [];
  return (
    <div className="flex flex-col gap-6">
      {warnings.map((warning) => (
        <p key={warning.code} className="flex gap-2.5 rounded-lg bg-warn-soft p-3">
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" />
          {warning.userMessage}
        </p>
      ))}
      {asset.status === 'ingesting' ? null : (
        <MakeReady assetId={asset.assetId} clip={null} title="Ready for your accounts" />
      )}
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-1.5">
        {factsOf(asset, zone).map(({ name, value, isCode }) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className={classNames('selectable', isCode === true && 'font-mono text-xs break-all')}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <section>
        <h2 className="mb-1.5 font-semibold">Steps</h2>
        <StepsList steps={asset.steps} />
      </section>
    </div>
  );
}
