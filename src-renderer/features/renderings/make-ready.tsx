import { useQuery } from '@tanstack/react-query';
import { Ban, Check, RotateCw, Wand2 } from 'lucide-react';
import { toast } from 'sonner';
import type { CommandOutput } from '../../../src-shared/contract/registry.ts';
import type { Clip } from '../../../src-shared/domain/variant-content.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { titleOf } from '../../app/command-error.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatPercent, formatRemaining } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { PlatformIcon } from '../posts/platform-icon.tsx';

type ToMakeReady = CommandOutput<'list-renderings'>['accounts'][number];

interface MakeReadyProps {
  assetId: string;
  clip: Clip | null;
  /** Left out: all accounts. */
  accountIds?: readonly string[];
  title?: string;
  className?: string;
}

/** Accounts that do not take a recording as it is: it can be made ready for them now, instead of shortly before a post. */
export function MakeReady({ assetId, clip, accountIds, title, className }: MakeReadyProps) {
  const { data } = useQuery(
    commandQuery('listRenderings', {
      assetId,
      clip,
      ...(accountIds === undefined ? {} : { accountIds: [...accountIds] }),
    }),
  );
  if (data === undefined || data.accounts.length === 0) return null;
  return (
    <section className={className} aria-label={title ?? 'Made ready ahead'}>
      {title === undefined ? null : <h2 className="mb-1.5 font-semibold">{title}</h2>}
      <ul className="flex flex-col gap-1">
        {data.accounts.map((account) => (
          <AccountLine key={account.accountId} account={account} assetId={assetId} clip={clip} />
        ))}
      </ul>
    </section>
  );
}

interface AccountLineProps extends Pick<MakeReadyProps, 'assetId' | 'clip'> {
  account: ToMakeReady;
}

function AccountLine({ account: { accountId, name, platform, rendering }, assetId, clip }: AccountLineProps) {
  const told = { onSuccess: ({ message }: { message: string }) => toast(message) };
  const make = useCommand('renderVariant', told);
  const cancel = useCommand('cancelRendering', told);
  const isInHand = rendering?.state === 'waiting' || rendering?.state === 'running';
  const ask = () => make.mutate({ assetId, accountId, clip });
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-xs">
      <PlatformIcon platform={platform} className="size-3.5 shrink-0 text-ink-soft" />
      <span className={classNames('min-w-0 flex-1', rendering?.state === 'failed' && 'text-bad')}>
        <span className="font-medium">{name}</span>: {describe(rendering)}
      </span>
      {isInHand ? (
        <Button
          look="ghost"
          size="small"
          className="h-6 px-1.5"
          aria-label={`Cancel for ${name}`}
          disabled={cancel.isPending}
          onClick={() => cancel.mutate({ renderingId: rendering.renderingId })}
        >
          <Ban /> Cancel
        </Button>
      ) : rendering?.state === 'done' ? (
        <Check aria-hidden className="size-4 text-good" />
      ) : (
        <Button
          look="ghost"
          size="small"
          className="h-6 px-1.5"
          aria-label={`${rendering === null ? 'Make it ready now' : 'Try again'} for ${name}`}
          disabled={make.isPending}
          onClick={ask}
        >
          {rendering === null ? (
            <>
              <Wand2 /> Make it ready now
            </>
          ) : (
            <>
              <RotateCw /> Try again
            </>
          )}
        </Button>
      )}
      {isInHand ? (
        <Progress label={`Making it ready for ${name}`} value={rendering.progress} className="w-full" />
      ) : null}
    </li>
  );
}

function describe(rendering: ToMakeReady['rendering']): string {
  if (rendering === null) return 'is converted before a post with it is due.';
  switch (rendering.state) {
    case 'waiting':
      return 'waits for its turn.';
    case 'running':
      return [
        'is being converted',
        rendering.progress === null ? null : formatPercent(rendering.progress),
        formatRemaining(rendering.remainingMs),
      ]
        .filter((part) => part !== null)
        .join(', ');
    case 'done':
      return 'is ready.';
    case 'cancelled':
      return 'was stopped. It is converted before a post with it is due.';
    case 'failed':
      return rendering.error === null
        ? 'could not be converted.'
        : `${titleOf(rendering.error)}. ${rendering.error.userMessage}`;
  }
}
