import { useQuery } from '@tanstack/react-query';
import { Plus, Repeat } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import type { GrantState } from '../../../src-shared/domain/access.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { useZone } from '../../app/zone.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatQuantity } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';
import { formatDateTimeIn } from '../../ui/zone-time.ts';
import { Group, Rows, RowsSkeleton } from '../settings/section-parts.tsx';
import { commandTitle, principalTitle } from './approval-words.ts';
import { GrantDialog } from './grant-dialog.tsx';
import { presentPeriods } from './grant-form.ts';

/** Standing approvals: what may be done without asking, how much of it is used, and how to end it. */
export function GrantsPanel() {
  const [isGiving, setIsGiving] = useState(false);
  const { data, error, refetch } = useQuery(commandQuery('listGrants', {}));
  const add = (
    <Button look={data?.grants.length === 0 ? 'primary' : 'plain'} onClick={() => setIsGiving(true)}>
      <Plus /> Allow something…
    </Button>
  );
  return (
    <div className="h-full overflow-y-auto" tabIndex={0} role="region" aria-label="Standing approvals">
      <div className="mx-auto h-full max-w-3xl px-8 pt-8">
        {data === undefined ? (
          error === null ? (
            <RowsSkeleton count={3} />
          ) : (
            <ErrorNotice error={error.dto} retry={() => void refetch()} />
          )
        ) : data.grants.length === 0 ? (
          <EmptyState icon={<Repeat />} title="Agents always ask first" actions={add}>
            Agents ask you each time. If you trust one with something small, allow it here: for the accounts,
            the number of times and the period you choose.
          </EmptyState>
        ) : (
          <Group title="Standing approvals" description="Newest first; the ended ones below." action={add}>
            <Rows>
              {data.grants.map((grant) => (
                <GrantRow key={grant.grantId} grant={grant} />
              ))}
            </Rows>
          </Group>
        )}
      </div>
      <GrantDialog
        isOpen={isGiving}
        onOpenChange={setIsGiving}
        command="schedule-post"
        principal="assistant"
      />
    </div>
  );
}

function GrantRow({ grant }: { grant: GrantState }) {
  const zone = useZone();
  const nowMs = useNow(30_000);
  const { data: tokens } = useQuery(commandQuery('listTokens', {}));
  const { data: accounts } = useQuery(commandQuery('listAccounts', {}));
  const revoke = useCommand('revokeGrant', {
    onSuccess: () => toast('Taken back', { description: 'From now on you are asked again.' }),
  });
  const isOver = grant.expiresAt !== null && Date.parse(grant.expiresAt) <= nowMs;
  const isEnded = grant.revokedAt !== null || isOver;
  const names = grant.accountIds?.map(
    (accountId) =>
      accounts?.accounts.find((account) => account.accountId === accountId)?.name ?? 'a removed account',
  );
  const facts = [
    principalTitle(grant.principal ?? 'agents', tokens?.tokens),
    names === undefined ? null : `for ${names.join(', ')}`,
    grant.budget === null
      ? `used ${formatQuantity(grant.usedCount, 'time')}`
      : `${grant.leftCount ?? 0} of ${grant.budget.count} left ${presentPeriods[grant.budget.period]}`,
    grant.expiresAt === null ? null : `until ${formatDateTimeIn(grant.expiresAt, zone)}`,
  ];
  return (
    <div className="flex items-center gap-4 px-4 py-3">
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <span className="truncate font-medium">{commandTitle(grant.command)}</span>
          {grant.revokedAt !== null ? (
            <Badge>Taken back</Badge>
          ) : isOver ? (
            <Badge>Over</Badge>
          ) : (
            <Badge tone="good">Allowed</Badge>
          )}
        </div>
        <p className="mt-0.5 text-xs text-ink-soft">{facts.filter((fact) => fact !== null).join(', ')}</p>
      </div>
      {isEnded ? null : (
        <Button size="small" onClick={() => revoke.mutate({ grantId: grant.grantId })}>
          Take back
        </Button>
      )}
    </div>
  );
}
