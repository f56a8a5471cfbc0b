import { ExternalLink, UnfoldVertical } from 'lucide-react';
import { useState } from 'react';
import { appLanguage } from '../../../src-shared/domain/app-language.ts';
import type { Receipt } from '../../../src-shared/domain/post.ts';
import { receiptTitles } from '../../../src-shared/domain/receipt-words.ts';
import { openLink } from '../../app/open-link.ts';
import { useZone } from '../../app/zone.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatQuantity } from '../../ui/format.ts';
import { formatDateTimeIn, formatDayIn } from '../../ui/zone-time.ts';
import { foldTries, type ChainItem } from './fold-tries.ts';
import { PlatformIcon } from './platform-icon.tsx';
import { toPlatform } from './platform-words.ts';
import { receiptTone, type ReceiptTone } from './receipt-words.ts';

export interface ReceiptTarget {
  targetId: string;
  platform: string;
  accountName: string;
}

interface ReceiptChainProps {
  /** Oldest first, as they were written. */
  receipts: readonly Receipt[];
  /** For the name of the account that a receipt is about. */
  targets: readonly ReceiptTarget[];
  className?: string;
}

const dotClasses: Record<ReceiptTone, string> = {
  plain: 'border-line-strong bg-raised',
  good: 'border-good bg-good',
  warn: 'border-warn bg-warn',
  bad: 'border-bad bg-bad',
};
const titleClasses: Record<ReceiptTone, string> = {
  plain: '',
  good: 'text-good',
  warn: 'text-warn',
  bad: 'text-bad',
};

/** What happened to a post, step by step: when, for which account, at which try, and where it stands now. */
export function ReceiptChain({ receipts, targets, className }: ReceiptChainProps) {
  const zone = useZone();
  const [areAllShown, setAreAllShown] = useState(false);
  const items: ChainItem[] = areAllShown ? receipts.map((receipt) => ({ receipt })) : foldTries(receipts);
  return (
    <ol aria-label="Receipts" className={classNames('flex flex-col', className)}>
      {items.map((item, index) => {
        if (!('receipt' in item))
          return (
            <li key={`to ${item.last.receiptId}`} className="group/receipt relative pb-4 pl-6">
              <ChainLine />
              <Button look="ghost" size="small" className="-ml-2" onClick={() => setAreAllShown(true)}>
                <UnfoldVertical /> {formatQuantity(item.foldedCount, 'step')} between
              </Button>
            </li>
          );
        const { receipt } = item;
        const day = formatDayIn(receipt.at, zone);
        const isNewDay = index === 0 || formatDayIn(endOf(items[index - 1] ?? item).at, zone) !== day;
        return (
          <li key={receipt.receiptId} className="group/receipt">
            {isNewDay ? (
              <div className="pt-3 pb-1.5 pl-6 text-xs text-ink-faint group-first/receipt:pt-0">{day}</div>
            ) : null}
            <ReceiptStep
              receipt={receipt}
              target={targets.find(({ targetId }) => targetId === receipt.targetId)}
              hasSeveralTargets={targets.length > 1}
              zone={zone}
            />
          </li>
        );
      })}
    </ol>
  );
}

function endOf(item: ChainItem): Receipt {
  return 'receipt' in item ? item.receipt : item.last;
}

/** From one step to the next. */
function ChainLine({ className = 'top-0' }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={classNames(
        'absolute bottom-0 left-[4.5px] w-px bg-line group-last/receipt:hidden',
        className,
      )}
    />
  );
}

interface ReceiptStepProps {
  receipt: Receipt;
  target: ReceiptTarget | undefined;
  hasSeveralTargets: boolean;
  zone: string;
}

function ReceiptStep({ receipt, target, hasSeveralTargets, zone }: ReceiptStepProps) {
  const tone = receiptTone(receipt.kind);
  const platform = target === undefined ? null : toPlatform(target.platform);
  const { url } = receipt;
  return (
    <div className="relative flex gap-3.5 pb-4 group-last/receipt:pb-0">
      <ChainLine className="top-3" />
      <span
        aria-hidden
        className={classNames('relative mt-1.25 size-2.5 shrink-0 rounded-full border-2', dotClasses[tone])}
      />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
          <span className={classNames('font-medium', titleClasses[tone])}>{receiptTitles[receipt.kind]}</span>
          {receipt.attempt > 1 ? <Badge>Try {receipt.attempt}</Badge> : null}
          <time dateTime={receipt.at} className="ml-auto shrink-0 text-xs text-ink-soft tabular">
            {exactTime(receipt.at, zone)}
          </time>
        </div>
        {target === undefined || !hasSeveralTargets ? null : (
          <p className="mt-0.5 flex gap-1 text-xs font-medium text-ink-soft">
            {platform === null ? null : <PlatformIcon platform={platform} className="mt-0.75 size-3" />}
            {target.accountName}
          </p>
        )}
        {receipt.detail === '' ? null : (
          <p className="selectable mt-0.5 text-xs break-words text-ink-soft">{receipt.detail}</p>
        )}
        {receipt.repeats === null ? null : (
          <p className="mt-0.5 text-xs text-ink-soft">
            Tried again {formatQuantity(receipt.repeats.count, 'time')}, last{' '}
            <time dateTime={receipt.repeats.lastAt}>{formatDateTimeIn(receipt.repeats.lastAt, zone)}</time>.
          </p>
        )}
        {url === null ? null : <LinkToPost url={url} />}
      </div>
    </div>
  );
}

/** Short, since such an address says little; whoever wants it hears it, and sees it under the pointer. */
function LinkToPost({ url }: { url: string }) {
  const host = hostOf(url);
  const text = host === null ? url : `Open on ${host}`;
  return (
    <button
      type="button"
      aria-label={host === null ? url : `${text}: ${url}`}
      title={url}
      onClick={() => void openLink(url)}
      className="mt-1 inline-flex max-w-full items-center gap-1.5 rounded text-xs font-medium text-accent hover:underline"
    >
      <ExternalLink className="size-3 shrink-0" />
      <span className="truncate">{text}</span>
    </button>
  );
}

/** "bsky.app"; null for what is not on the web, such as a file. */
function hostOf(url: string): string | null {
  const host = URL.parse(url)?.host ?? '';
  return host === '' ? null : host;
}

/** To the second: two steps of one minute can still be told apart. */
function exactTime(instant: string, zone: string): string {
  return new Intl.DateTimeFormat(appLanguage, { timeStyle: 'medium', timeZone: zone }).format(
    new Date(instant),
  );
}
