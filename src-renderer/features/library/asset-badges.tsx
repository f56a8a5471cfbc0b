import { CircleHelp, FileQuestion } from 'lucide-react';
import type { AssetSummary } from '../../../src-shared/domain/asset.ts';
import { titleOf } from '../../app/command-error.ts';
import { Badge } from '../../ui/badge.tsx';
import { formatQuantity } from '../../ui/format.ts';
import { statusTitles, statusTones } from './asset-words.ts';

/** Where it stands, in one word; for a failure, why. */
export function StatusBadge({ asset }: { asset: AssetSummary }) {
  const title =
    asset.status === 'failed' && asset.error !== null ? titleOf(asset.error) : statusTitles[asset.status];
  return <Badge tone={statusTones[asset.status]}>{title}</Badge>;
}

export function SuspectBadge({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Badge tone="warn">
      <CircleHelp aria-hidden />
      <span aria-hidden>{count}</span>
      <span className="sr-only">{formatQuantity(count, 'passage')} to check</span>
    </Badge>
  );
}

export function FileMissingBadge({ asset }: { asset: AssetSummary }) {
  if (!asset.isFileMissing) return null;
  return (
    <Badge tone="bad">
      <FileQuestion aria-hidden /> File missing
    </Badge>
  );
}
