import { useQuery } from '@tanstack/react-query';
import { Folder, FolderPlus, Pause, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import type { WatchFolder } from '../../../src-shared/domain/watch-folder.ts';
import { bridge } from '../../app/bridge.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { fileNameOf } from '../../app/ingest-outcome.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatQuantity, formatRelative } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';
import { Group, Rows, RowsSkeleton } from './section-parts.tsx';

const tell = { onSuccess: ({ message }: { message: string }) => toast(message) };

export function FoldersSection() {
  const { data, error, refetch } = useQuery(commandQuery('listWatchFolders', {}));
  const watch = useCommand('watchFolder', tell);
  const add = async () => {
    const [path] = await bridge.choosePaths('watch-folder');
    if (path !== undefined) watch.mutate({ path });
  };
  const addButton = (
    <Button look={data?.folders.length === 0 ? 'primary' : 'plain'} onClick={() => void add()}>
      <FolderPlus /> Watch a folder…
    </Button>
  );
  if (data === undefined) {
    return error === null ? (
      <RowsSkeleton count={3} />
    ) : (
      <ErrorNotice error={error.dto} retry={() => void refetch()} />
    );
  }
  if (data.folders.length === 0) {
    return (
      <EmptyState icon={<Folder />} title="No watched folders yet" actions={addButton}>
        New recordings in a watched folder are imported automatically, even those that appear while Longhand
        is closed. Files in it are never changed.
      </EmptyState>
    );
  }
  return (
    <Group
      title={formatQuantity(data.folders.length, 'folder')}
      description="New recordings are imported automatically. Files are never changed."
      action={addButton}
    >
      <Rows>
        {data.folders.map((folder) => (
          <FolderRow key={folder.folderId} folder={folder} />
        ))}
      </Rows>
    </Group>
  );
}

function FolderRow({ folder }: { folder: WatchFolder }) {
  const nowMs = useNow(15_000);
  const [isAsking, setIsAsking] = useState(false);
  const pause = useCommand('pauseWatchFolder', tell);
  const resume = useCommand('resumeWatchFolder', tell);
  const remove = useCommand('removeWatchFolder', tell);
  const { folderId } = folder;
  const name = fileNameOf(folder.path);
  const isPaused = folder.state === 'paused';
  const facts = [
    `${formatQuantity(folder.importedCount, 'file')} imported`,
    folder.waitingCount === 0
      ? null
      : `${formatQuantity(folder.waitingCount, 'file')} skipped or still growing`,
    folder.lastScanAt === null ? 'not checked yet' : `checked ${formatRelative(folder.lastScanAt, nowMs)}`,
  ];
  return (
    <div className="px-4 py-3">
      <div className="flex items-start gap-3.5">
        <Folder className="mt-1 size-4 shrink-0 text-ink-soft" />
        <div className="min-w-0 flex-1">
          <div className="flex items-center gap-2">
            <span className="truncate font-medium">{name}</span>
            {folder.error !== null ? (
              <Badge tone="bad">Problem</Badge>
            ) : isPaused ? (
              <Badge>Paused</Badge>
            ) : (
              <Badge tone="good">Watching</Badge>
            )}
            {folder.storage === 'copy' ? <Badge>Copies files</Badge> : null}
          </div>
          <div className="selectable truncate font-mono text-xs text-ink-soft" title={folder.path}>
            {folder.path}
          </div>
          <div className="mt-0.5 text-xs text-ink-soft">
            {facts.filter((part) => part !== null).join(', ')}
          </div>
        </div>
        <div className="flex">
          {isPaused ? (
            <IconButton label={`Resume ${name}`} onClick={() => resume.mutate({ folderId })}>
              <Play />
            </IconButton>
          ) : (
            <IconButton label={`Pause ${name}`} onClick={() => pause.mutate({ folderId })}>
              <Pause />
            </IconButton>
          )}
          <IconButton label={`Stop watching ${name}`} onClick={() => setIsAsking(true)}>
            <Trash2 />
          </IconButton>
        </div>
      </div>
      {folder.error === null ? null : (
        <ErrorNotice error={folder.error} retry={() => resume.mutate({ folderId })} className="mt-3" />
      )}
      <Confirm
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`Stop watching ${name}?`}
        description="The folder, its files and everything that came from it into the library stay."
        action="Stop watching"
        onConfirm={() => remove.mutate({ folderId })}
      />
    </div>
  );
}
