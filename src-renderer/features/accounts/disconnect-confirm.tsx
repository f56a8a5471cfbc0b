import { useQuery } from '@tanstack/react-query';
import { toast } from 'sonner';
import type { Account } from '../../../src-shared/domain/account.ts';
import { descriptionOf } from '../../../src-shared/domain/platforms/known-platforms.ts';
import { isAhead } from '../../../src-shared/domain/target-state.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { formatQuantity } from '../../ui/format.ts';

/** States of posts some account of which may still wait. */
const withWaiting = ['waiting', 'preparing', 'publishing', 'partial'] as const;

interface DisconnectConfirmProps {
  account: Account;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Asks before an account is taken away, and says how many posts that would stop. */
export function DisconnectConfirm({ account, isOpen, onOpenChange }: DisconnectConfirmProps) {
  const { accountId, name, platform } = account;
  const { data } = useQuery({
    ...commandQuery('listPosts', { accountId, states: [...withWaiting], limit: 2_000 }),
    enabled: isOpen,
  });
  const disconnect = useCommand('disconnectAccount', {
    onSuccess: ({ stoppedPostCount }) =>
      toast(`${name} is disconnected`, {
        description:
          stoppedPostCount === 0
            ? 'What was posted stays where it is.'
            : `Kept, and not sent: ${formatQuantity(stoppedPostCount, 'post')} that waited for it.`,
      }),
  });
  const waitingCount = (data?.posts ?? []).filter(({ targets }) =>
    targets.some((target) => target.accountId === accountId && isAhead(target.state)),
  ).length;
  return (
    <Confirm
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={`Disconnect ${name}?`}
      description={
        <span className="flex flex-col gap-1.5">
          {waitingCount === 0 ? null : (
            <span className="font-medium text-warn">
              {data?.isCut === true ? 'More than ' : ''}
              {formatQuantity(waitingCount, 'post')} {waitingCount === 1 ? 'waits' : 'wait'} for it, and will
              not be sent. {waitingCount === 1 ? 'It is' : 'They are'} kept.
            </span>
          )}
          <span>
            {descriptionOf(platform).hasCredentials ? 'Its credentials are forgotten. ' : ''}
            What was posted stays where it is.
          </span>
        </span>
      }
      action="Disconnect"
      onConfirm={() => disconnect.mutate({ accountId })}
    />
  );
}
