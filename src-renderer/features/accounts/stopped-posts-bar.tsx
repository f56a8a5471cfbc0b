import { useState } from 'react';
import { toast } from 'sonner';
import type { CommandOutput } from '../../../src-shared/contract/registry.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import { useCommand } from '../../app/command-data.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { formatQuantity } from '../../ui/format.ts';

export type StoppedPosts = CommandOutput<'list-accounts'>['stoppedPosts'][number];

/** Posts that were stopped when the account was disconnected; they go on only when the person says so. */
export function StoppedPostsBar({ account, stopped }: { account: Account; stopped: StoppedPosts }) {
  const { accountId, name } = account;
  const { postCount, pastCount } = stopped;
  const [isAsking, setIsAsking] = useState(false);
  const takeUp = useCommand('takeUpStoppedPosts', { onSuccess: ({ message }) => toast(message) });
  const plannedCount = postCount - pastCount;
  return (
    <div role="status" className="mt-2.5 flex items-center gap-4 rounded-lg bg-warn-soft py-2 pr-2 pl-3.5">
      <p className="min-w-0 flex-1">
        {formatQuantity(postCount, 'post')} of this account {postCount === 1 ? 'was' : 'were'} stopped when it
        was disconnected.
      </p>
      <Button size="small" disabled={takeUp.isPending} onClick={() => setIsAsking(true)}>
        Take {postCount === 1 ? 'it' : 'them'} up again…
      </Button>
      <Confirm
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        look="primary"
        title={`Take up ${formatQuantity(postCount, 'post')} of ${name} again?`}
        description={
          <span className="flex flex-col gap-1.5">
            {plannedCount === 0 ? null : (
              <span>{formatQuantity(plannedCount, 'post')} will go out at the planned time.</span>
            )}
            {pastCount === 0 ? null : (
              <span>
                Of {formatQuantity(pastCount, 'post')} the time has passed: each goes out late, asks you or is
                skipped, as you chose for it. What goes out goes one after the other.
              </span>
            )}
          </span>
        }
        action="Take up again"
        onConfirm={() => takeUp.mutate({ accountId })}
      />
    </div>
  );
}
