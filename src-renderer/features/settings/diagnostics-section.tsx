import { useQuery } from '@tanstack/react-query';
import { ClipboardCopy, RefreshCw, RotateCw } from 'lucide-react';
import { toast } from 'sonner';
import type { ProcessStatus } from '../../../src-shared/domain/process-status.ts';
import { bridge } from '../../app/bridge.ts';
import { commandQuery } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { showError } from '../../app/error-toast.tsx';
import { processStateTitles, processTitles } from '../../app/health.ts';
import { useProcesses } from '../../app/live-updates.tsx';
import { partDot, retryPart } from '../../app/status-strip.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatRelative } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Group } from './section-parts.tsx';

async function copy(text: string): Promise<void> {
  const result = await bridge.copyText(text);
  if (result.ok)
    toast.success('Diagnostics copied', {
      description: 'They hold no secrets and nothing of your recordings.',
    });
  else showError(result.error);
}

export function DiagnosticsSection() {
  const { data, error, isFetching, refetch } = useQuery(commandQuery('readDiagnostics', {}));
  return (
    <>
      <Group
        title="Parts"
        description="Longhand is made of several programs. Each is started again when it stops."
      >
        <Parts />
      </Group>
      <Group
        title="Log"
        description="Versions, parts and the newest log lines. No secrets, and nothing of your recordings."
        action={
          <div className="flex gap-1">
            <IconButton label="Refresh" disabled={isFetching} onClick={() => void refetch()}>
              <RefreshCw />
            </IconButton>
            <Button disabled={data === undefined} onClick={() => void copy(data?.text ?? '')}>
              <ClipboardCopy /> Copy
            </Button>
          </div>
        }
      >
        {data === undefined ? (
          error === null ? (
            <Skeleton className="h-72 rounded-xl" />
          ) : (
            <ErrorNotice error={error.dto} retry={() => void refetch()} />
          )
        ) : (
          <pre
            tabIndex={0}
            aria-label="Log"
            className="selectable max-h-112 overflow-auto rounded-xl border border-line bg-panel p-4 font-mono text-xs leading-5"
          >
            {data.text}
          </pre>
        )}
      </Group>
    </>
  );
}

function Parts() {
  const processes = useProcesses();
  const nowMs = useNow(10_000);
  return (
    <div
      role="region"
      aria-label="Table of parts"
      tabIndex={0}
      className="overflow-x-auto rounded-xl border border-line bg-raised shadow-card"
    >
      <table className="w-full text-left">
        <thead className="border-b border-line text-xs text-ink-soft">
          <tr>
            {['Part', 'State', 'Process', 'Version', 'Port', 'Restarts', 'Since'].map((title) => (
              <th
                key={title}
                scope="col"
                className="px-3 py-2 font-medium whitespace-nowrap first:pl-4 last:pr-4"
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {processes.map((part) => (
            <PartRow key={part.name} part={part} nowMs={nowMs} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PartRow({ part, nowMs }: { part: ProcessStatus; nowMs: number }) {
  const cell = 'selectable px-3 py-2.5 align-top tabular';
  return (
    <tr>
      <th scope="row" className="py-2.5 pr-3 pl-4 align-top font-medium">
        {processTitles[part.name]}
        <div className="text-xs font-normal text-ink-soft">
          {part.name}
          {part.isOurs ? '' : ', yours'}
        </div>
      </th>
      <td className={cell}>
        <div className="flex items-center gap-2 whitespace-nowrap">
          <span className={classNames('size-1.5 rounded-full', partDot(part))} />
          {processStateTitles[part.state]}
        </div>
        {part.message === null ? null : (
          <div className="mt-0.5 max-w-52 text-xs text-ink-soft">{part.message}</div>
        )}
        {part.canRetry ? (
          <Button size="small" className="mt-1.5" onClick={() => void retryPart(part.name)}>
            <RotateCw /> Start it again
          </Button>
        ) : null}
      </td>
      <td className={cell}>{part.pid ?? '–'}</td>
      <td className={cell}>{part.version ?? '–'}</td>
      <td className={cell}>{part.port ?? '–'}</td>
      <td className={cell}>{part.restartCount}</td>
      <td className={classNames(cell, 'pr-4 whitespace-nowrap')}>
        {part.startedAt === null ? '–' : formatRelative(part.startedAt, nowMs)}
      </td>
    </tr>
  );
}
