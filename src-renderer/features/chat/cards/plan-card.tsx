import { CalendarCheck, CalendarDays, TriangleAlert } from 'lucide-react';
import type { MessageCard } from '../../../../src-shared/domain/message-card.ts';
import type { PlanItem } from '../../../../src-shared/domain/plan.ts';
import type { PostSummary } from '../../../../src-shared/domain/post.ts';
import { openTarget } from '../../../app/navigation.ts';
import { ErrorNotice } from '../../../app/error-notice.tsx';
import { showPlan } from '../../../app/shown-plan.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { formatQuantity } from '../../../ui/format.ts';
import { stateTitles, stateTones } from '../../posts/post-words.ts';
import { CardFrame } from './card-frame.tsx';
import { formatPlanDay, groupByDay } from './plan-days.ts';
import { useCommitPlan } from './use-commit-plan.ts';

interface PlanCardProps {
  card: Extract<MessageCard, { type: 'plan' }>;
}

/** A week or a campaign as ghosts; nothing of it happens before it is committed. */
export function PlanCard({ card }: PlanCardProps) {
  const { plan } = card;
  const { isCommitted, findPost, isCommitting, error, commit } = useCommitPlan(plan);
  const hasAccounts = plan.items.every(({ accountIds }) => accountIds.length > 0);
  return (
    <CardFrame card={card} title={plan.title}>
      {plan.items.length === 0 ? (
        <p className="px-4 py-4 text-ink-soft">There is nothing in this plan.</p>
      ) : null}
      <ol>
        {groupByDay(plan.items).map((day) => (
          <li key={day.date} className="border-b border-line px-4 py-2.5 last:border-b-0">
            <h4 className="text-xs font-medium text-ink-soft">{formatPlanDay(day.date)}</h4>
            <ul className="mt-1.5 flex flex-col gap-2">
              {day.items.map((item) => (
                <Ghost key={`${item.dueAt} ${item.title}`} item={item} post={findPost(item)} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {error === null ? null : <ErrorNotice error={error} retry={commit} className="m-3" />}
      {plan.items.length === 0 ? null : (
        <footer className="flex items-center gap-3 border-t border-line bg-panel/60 px-4 py-2.5">
          <p className="min-w-0 flex-1 text-xs text-ink-soft">
            {isCommitted === true
              ? 'Scheduled as a whole. Each post can be moved or cancelled in the calendar.'
              : hasAccounts
                ? `Times are in ${plan.zone}. Nothing is scheduled yet.`
                : 'Connect an account and plan again to schedule this.'}
          </p>
          <Button
            onClick={() => {
              showPlan(plan);
              openTarget({ screen: 'calendar' });
            }}
          >
            <CalendarDays /> See it in the calendar
          </Button>
          {isCommitted === false ? (
            <Button look="primary" disabled={isCommitting || !hasAccounts} onClick={commit}>
              <CalendarCheck />{' '}
              {isCommitting ? 'Scheduling…' : `Schedule ${formatQuantity(plan.items.length, 'post')}`}
            </Button>
          ) : null}
        </footer>
      )}
    </CardFrame>
  );
}

function Ghost({ item, post }: { item: PlanItem; post: PostSummary | undefined }) {
  const content = (
    <>
      <span className="w-11 shrink-0 font-medium tabular">{item.time}</span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{item.title}</span>
        <span className="line-clamp-2 text-ink-soft">{item.text}</span>
        <span className="block text-xs text-ink-faint">{item.accountNames.join(', ')}</span>
        {item.warnings.map((warning) => (
          <span key={warning} className="flex items-center gap-1.5 text-xs text-warn">
            <TriangleAlert aria-label="Warning" className="size-3.5 shrink-0" /> {warning}
          </span>
        ))}
      </span>
    </>
  );
  if (post === undefined) {
    return (
      <li className="flex gap-3 rounded-lg border border-dashed border-line-strong px-3 py-2">{content}</li>
    );
  }
  return (
    <li>
      <button
        type="button"
        onClick={() => openTarget({ screen: 'post', postId: post.postId })}
        className="flex w-full gap-3 rounded-lg border border-line px-3 py-2 text-left shadow-card hover:bg-hover"
      >
        {content}
        <Badge tone={stateTones[post.state]}>{stateTitles[post.state]}</Badge>
      </button>
    </li>
  );
}
