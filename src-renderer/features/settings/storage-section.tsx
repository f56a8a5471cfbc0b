import { useQuery } from '@tanstack/react-query';
import { commandQuery } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { useZone } from '../../app/zone.ts';
import { SettingRow } from '../../ui/field.tsx';
import { formatBytes } from '../../ui/format.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { formatDateTimeIn } from '../../ui/zone-time.ts';
import { Group, Rows, RowsSkeleton } from './section-parts.tsx';
import { useSettings } from './use-settings.ts';

const storageModes = [
  { value: 'reference', label: 'Leave in place' },
  { value: 'copy', label: 'Copy' },
] as const;

export function StorageSection() {
  const zone = useZone();
  const { settings, change } = useSettings();
  const { data, error, refetch } = useQuery(commandQuery('readStorage', {}));
  const { data: status } = useQuery(commandQuery('readStatus', {}));
  return (
    <>
      <Group title="New recordings">
        {settings === undefined ? (
          <RowsSkeleton count={1} />
        ) : (
          <Rows>
            <SettingRow
              title="Originals"
              description="Left in place, they take no more space, but must stay reachable to be played. Copied, they are kept in the library as well. Originals are never changed."
            >
              {() => (
                <Segmented
                  label="Originals"
                  value={settings.storage}
                  options={storageModes}
                  onChange={(storage) => change({ storage })}
                />
              )}
            </SettingRow>
          </Rows>
        )}
      </Group>
      <Group
        title="What takes space"
        description={
          data === undefined ? undefined : (
            <span className="selectable font-mono text-xs break-all">{data.dataFolder}</span>
          )
        }
      >
        {data === undefined ? (
          error === null ? (
            <RowsSkeleton count={4} />
          ) : (
            <ErrorNotice error={error.dto} retry={() => void refetch()} />
          )
        ) : (
          <Usage parts={data.parts} freeBytes={status?.freeDiskBytes ?? null} />
        )}
      </Group>
      {data === undefined ? null : (
        <Group
          title="Backups"
          description="Made automatically. A damaged library is restored from the newest good one."
        >
          <Rows>
            {data.backups.length === 0 ? (
              <p className="px-4 py-3 text-ink-soft">The first backup is made soon.</p>
            ) : null}
            {data.backups.map((backup) => (
              <div key={backup.fileName} className="flex items-baseline justify-between gap-4 px-4 py-2.5">
                <span>{formatDateTimeIn(backup.createdAt, zone)}</span>
                <span className="selectable min-w-0 flex-1 truncate text-right font-mono text-xs text-ink-soft">
                  {backup.fileName}
                </span>
                <span className="w-16 text-right text-ink-soft tabular">{formatBytes(backup.sizeBytes)}</span>
              </div>
            ))}
          </Rows>
        </Group>
      )}
    </>
  );
}

const barColors = ['bg-accent', 'bg-good', 'bg-warn', 'bg-bad', 'bg-ink-soft', 'bg-line-strong'];

function Usage({
  parts,
  freeBytes,
}: {
  parts: readonly { name: string; sizeBytes: number }[];
  freeBytes: number | null;
}) {
  const totalBytes = parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const sorted = parts.toSorted((one, other) => other.sizeBytes - one.sizeBytes);
  return (
    <div className="rounded-xl border border-line bg-raised p-4 shadow-card">
      <div className="flex items-baseline justify-between">
        <span className="text-xl font-semibold tabular">{formatBytes(totalBytes)}</span>
        {freeBytes === null ? null : (
          <span className="text-ink-soft">{formatBytes(freeBytes)} free on this disk</span>
        )}
      </div>
      <div aria-hidden className="mt-3 mb-3 flex h-2 gap-0.5 overflow-hidden rounded-full bg-hover">
        {totalBytes === 0
          ? null
          : sorted.map(({ name, sizeBytes }, index) => (
              <span
                key={name}
                className={barColors[Math.min(index, barColors.length - 1)]}
                style={{ width: `${(sizeBytes / totalBytes) * 100}%` }}
              />
            ))}
      </div>
      <dl className="grid grid-cols-2 gap-x-8 gap-y-1.5">
        {sorted.map(({ name, sizeBytes }, index) => (
          <div key={name} className="flex items-center gap-2">
            <span
              aria-hidden
              className={`size-2 rounded-full ${barColors[Math.min(index, barColors.length - 1)] ?? ''}`}
            />
            <dt className="flex-1">{name}</dt>
            <dd className="text-ink-soft tabular">{formatBytes(sizeBytes)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
