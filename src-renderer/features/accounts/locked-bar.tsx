import { useQuery } from '@tanstack/react-query';
import { LockKeyhole } from 'lucide-react';
import { commandQuery } from '../../app/command-data.ts';
import { openSettings } from '../../app/navigation.ts';
import { Button } from '../../ui/button.tsx';

/** Says on every screen that nothing can be published before the credentials are unlocked. */
export function LockedBar() {
  const { data } = useQuery(commandQuery('listAccounts', {}));
  if (data === undefined || data.accounts.length === 0) return null;
  if (data.vault.state !== 'locked' && data.vault.state !== 'lost') return null;
  return (
    <div
      role="status"
      className="flex min-h-9 animate-fade items-center gap-2.5 border-b border-line bg-warn-soft px-6 py-1"
    >
      <LockKeyhole className="size-4 shrink-0 text-warn" />
      <span className="font-medium text-warn">The credentials are locked</span>
      <span className="min-w-0 truncate text-ink-soft">Posts wait until you open them.</span>
      <Button size="small" className="ml-auto" onClick={() => openSettings('accounts')}>
        {data.vault.state === 'locked' ? 'Unlock…' : 'See what to do'}
      </Button>
    </div>
  );
}
