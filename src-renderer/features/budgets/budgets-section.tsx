import { useQuery } from '@tanstack/react-query';
import { Gauge, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { BudgetState } from '../../../src-shared/domain/access.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { useZone } from '../../app/zone.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount, formatQuantity } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { formatDateTimeIn } from '../../ui/zone-time.ts';
import { principalTitle } from '../approvals/approval-words.ts';
import { periodTitles } from '../approvals/grant-form.ts';
import { Group, Rows, RowsSkeleton } from '../settings/section-parts.tsx';
import { BudgetDialog } from './budget-dialog.tsx';
import { Ledger } from './ledger.tsx';
import { unitNouns, unitTitles } from './unit-words.ts';

/** How much may be spent in a period, and how much is left. */
export function BudgetsSection() {
  const { data, error, refetch } = useQuery(commandQuery('listBudgets', {}));
  const [isSetting, setIsSetting] = useState(false);
  const add = (
    <Button look={data?.budgets.length === 0 ? 'primary' : 'plain'} onClick={() => setIsSetting(true)}>
      <Plus /> Set a budget…
    </Button>
  );
  return (
    <>
      {data === undefined ? (
        error === null ? (
          <RowsSkeleton count={3} />
        ) : (
          <ErrorNotice error={error.dto} retry={() => void refetch()} />
        )
      ) : data.budgets.length === 0 ? (
        <EmptyState icon={<Gauge />} title="No limits" actions={add}>
          Set how many posts may go out in a day, or how many minutes the local model may think. What goes
          beyond is refused with the reason; nothing is half done.
        </EmptyState>
      ) : (
        <Group
          title={formatQuantity(data.budgets.length, 'budget')}
          description="What goes beyond one is refused, and told to you."
          action={add}
        >
          <Rows>
            {data.budgets.map((budget) => (
              <BudgetRow key={budget.budgetId} budget={budget} />
            ))}
          </Rows>
        </Group>
      )}
      <Ledger />
      <BudgetDialog isOpen={isSetting} onOpenChange={setIsSetting} />
    </>
  );
}

function BudgetRow({ budget }: { budget: BudgetState }) {
  const zone = useZone();
  const { data: tokens } = useQuery(commandQuery('listTokens', {}));
  const { data: accounts } = useQuery(commandQuery('listAccounts', {}));
  const remove = useCommand('removeBudget');
  const who = budget.principal === null ? 'Everyone' : principalTitle(budget.principal, tokens?.tokens);
  const account = accounts?.accounts.find(({ accountId }) => accountId === budget.accountId);
  const where = budget.accountId === null ? '' : `, ${account?.name ?? 'a removed account'}`;
  const used = budget.spent + budget.reserved;
  const title = `${formatQuantity(budget.limit, unitNouns[budget.unit])} ${periodTitles[budget.period]}`;
  return (
    <div className="flex items-start gap-4 px-4 py-3">
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-3">
          <span className="font-medium">{title}</span>
          <span className="text-xs text-ink-soft tabular">
            {formatCount(budget.left)} left, full again on {formatDateTimeIn(budget.renewsAt, zone)}
          </span>
        </div>
        <Progress
          label={`${unitTitles[budget.unit]} used`}
          value={budget.limit === 0 ? 1 : Math.min(1, used / budget.limit)}
          className="my-1.5 h-1.5"
        />
        <p className="text-xs text-ink-soft">
          {who}
          {where}: {formatCount(budget.spent)} used
          {budget.reserved === 0 ? '' : `, ${formatCount(budget.reserved)} set aside for what is planned`}
        </p>
      </div>
      <IconButton label={`Remove: ${title}`} onClick={() => remove.mutate({ budgetId: budget.budgetId })}>
        <Trash2 />
      </IconButton>
    </div>
  );
}
