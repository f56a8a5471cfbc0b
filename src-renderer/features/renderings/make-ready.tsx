import { useQuery } from '@tanstack/react-query';
import { Ban, Check, RotateCw, Wand2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CommandOutput } from '../../../src-shared/contract/registry.ts';
import { appLanguage } from '../../../src-shared/domain/app-language.ts';
import type { Clip } from '../../../src-shared/domain/variant-content.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { Button } from '../../ui/button.tsx';
import { formatPercent, formatRemaining } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { PlatformIcon } from '../posts/platform-icon.tsx';

type ToMakeReady = CommandOutput<'list-renderings'>['accounts'][number];
type Rendering = NonNullable<ToMakeReady['rendering']>;

const listFormat = new Intl.ListFormat(appLanguage, { type: 'conjunction' });

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
  const untouched = data.accounts.filter(({ rendering }) => rendering === null);
  return (
    <section className={className} aria-label={title ?? 'Made ready ahead'}>
      {title === undefined ? null : <h2 className="mb-1.5 font-semibold">{title}</h2>}
      <ul className="flex flex-col gap-1.5">
        {data.accounts.map((account) =>
          account.rendering === null ? null : (
            <AskedLine
              key={account.accountId}
              account={account}
              rendering={account.rendering}
              assetId={assetId}
              clip={clip}
            />
          ),
        )}
        {untouched.length === 0 ? null : <UntouchedLine accounts={untouched} assetId={assetId} clip={clip} />}
      </ul>
    </section>
  );
}

interface UntouchedLineProps extends Pick<MakeReadyProps, 'assetId' | 'clip'> {
  accounts: readonly ToMakeReady[];
}

/** The accounts for which nobody has asked yet: one sentence and one button for all of them. */
function UntouchedLine({ accounts, assetId, clip }: UntouchedLineProps) {
  const make = useCommand('renderVariant');
  const names = listFormat.format(accounts.map(({ name }) => name));
  return (
    <Line icon={<Wand2 />}>
      <p className="min-w-52 flex-1 text-ink-soft">
        Converted shortly before it is due, for <span className="text-ink">{names}</span>.
      </p>
      <LineButton
        label={`Make it ready now for ${names}`}
        isPending={make.isPending}
        onClick={() => {
          for (const { accountId } of accounts) make.mutate({ assetId, accountId, clip });
        }}
      >
        Make it ready now
      </LineButton>
    </Line>
  );
}

interface AskedLineProps extends Pick<MakeReadyProps, 'assetId' | 'clip'> {
  account: ToMakeReady;
  rendering: Rendering;
}

function AskedLine({ account, rendering, assetId, clip }: AskedLineProps) {
  const make = useCommand('renderVariant');
  const cancel = useCommand('cancelRendering');
  const { accountId, name, platform } = account;
  const { state, renderingId, progress } = rendering;
  const isInHand = state === 'waiting' || state === 'running';
  return (
    <Line icon={<PlatformIcon platform={platform} />}>
      <p className="min-w-52 flex-1">
        <span className="font-medium">{name}</span>{' '}
        <span className={state === 'failed' ? 'text-bad' : 'text-ink-soft'}>{describe(rendering)}</span>
      </p>
      {isInHand ? (
        <LineButton
          label={`Cancel for ${name}`}
          isPending={cancel.isPending}
          onClick={() => cancel.mutate({ renderingId })}
        >
          <Ban /> Cancel
        </LineButton>
      ) : state === 'done' ? (
        <Check aria-hidden className="mt-0.5 mr-1.5 size-3.5 text-good" />
      ) : (
        <LineButton
          label={`Try again for ${name}`}
          isPending={make.isPending}
          onClick={() => make.mutate({ assetId, accountId, clip })}
        >
          <RotateCw /> Try again
        </LineButton>
      )}
      {isInHand ? (
        <Progress label={`Making it ready for ${name}`} value={progress} className="mb-1 w-full" />
      ) : null}
    </Line>
  );
}

/** A sentence, and beside it, or below where there is no room, what can be done. */
function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex gap-2 text-xs">
      <span aria-hidden className="mt-0.5 shrink-0 text-ink-soft [&_svg]:size-3.5">
        {icon}
      </span>
      <div className="flex min-w-0 flex-1 flex-wrap items-start gap-x-2 gap-y-0.5">{children}</div>
    </li>
  );
}

interface LineButtonProps {
  label: string;
  isPending: boolean;
  onClick: () => void;
  children: ReactNode;
}

function LineButton({ label, isPending, onClick, children }: LineButtonProps) {
  return (
    <Button
      look="ghost"
      size="small"
      className="-my-0.75 h-6 px-1.5 [&_svg]:size-3.5"
      aria-label={label}
      disabled={isPending}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}

function describe(rendering: Rendering): string {
  switch (rendering.state) {
    case 'waiting':
      return 'waits for its turn';
    case 'running':
      return [
        'is being converted',
        rendering.progress === null ? null : formatPercent(rendering.progress),
        formatRemaining(rendering.remainingMs),
      ]
        .filter((part) => part !== null)
        .join(', ');
    case 'done':
      return 'is ready';
    case 'cancelled':
      return 'was stopped, and is converted shortly before it is due';
    case 'failed':
      return rendering.error === null
        ? 'could not be converted'
        : `could not be converted: ${rendering.error.userMessage}`;
  }
}
