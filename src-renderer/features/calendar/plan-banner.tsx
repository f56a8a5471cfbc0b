import { CalendarCheck } from 'lucide-react';
import type { Plan } from '../../../src-shared/domain/plan.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { showPlan } from '../../app/shown-plan.ts';
import { Button } from '../../ui/button.tsx';
import { formatQuantity } from '../../ui/format.ts';
import type { CommitPlan } from '../chat/cards/use-commit-plan.ts';

/** Says of a plan on the calendar that it is none of its posts yet, and takes it whole or away. */
export function PlanBanner({ plan, committing }: { plan: Plan; committing: CommitPlan }) {
  const { isCommitted, isCommitting, error, commit } = committing;
  const hasAccounts = plan.items.every(({ accountIds }) => accountIds.length > 0);
  const count = formatQuantity(plan.items.length, 'post');
  return (
    <section aria-label="Plan" className="mx-6 mb-3">
      <div className="flex items-center gap-2 rounded-lg border border-dashed border-line-strong bg-panel px-3.5 py-2">
        <p role="status" className="min-w-0 flex-1 truncate">
          {isCommitted === true
            ? `“${plan.title}” is scheduled.`
            : `“${plan.title}”, laid out: ${count}, nothing of it is scheduled.`}
        </p>
        {isCommitted === false ? (
          <Button size="small" look="primary" disabled={isCommitting || !hasAccounts} onClick={commit}>
            <CalendarCheck /> {isCommitting ? 'Scheduling…' : `Schedule ${count}`}
          </Button>
        ) : null}
        <Button size="small" onClick={() => showPlan(null)}>
          Hide
        </Button>
      </div>
      {error === null ? null : <ErrorNotice error={error} retry={commit} className="mt-2" />}
    </section>
  );
}
