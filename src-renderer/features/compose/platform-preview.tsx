import { Eye } from 'lucide-react';
import { platformWindows } from '../../../src-connectors/windows.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import { descriptionOf, platformNames } from '../../../src-shared/domain/platforms/known-platforms.ts';
import type { VariantContent } from '../../../src-shared/domain/variant-content.ts';
import { useZone } from '../../app/zone.ts';
import { useNow } from '../../ui/now.ts';
import { formatMomentIn } from '../../ui/zone-time.ts';
import { instantOf, type When } from '../posts/when.ts';
import { SocialPreview } from './social-preview.tsx';

interface PlatformPreviewProps {
  /** Null: no account is chosen. */
  account: Account | null;
  content: VariantContent;
  when: When;
}

/** The post as its readers will see it, as nearly as can be said beforehand. */
export function PlatformPreview({ account, content, when }: PlatformPreviewProps) {
  const zone = useZone();
  const nowMs = useNow(60_000);
  const at = when.kind === 'at' ? instantOf(when) : null;
  const time = at === null ? 'now' : formatMomentIn(at.instant, zone, nowMs);
  const OwnPreview = account === null ? undefined : platformWindows[account.platform].Preview;
  return (
    <section aria-label="Preview">
      <h2 className="mb-3 flex items-center gap-2 text-xs font-medium text-ink-soft">
        <Eye className="size-3.5 shrink-0" />
        {account === null ? 'Preview' : `As ${placeOf(account)} shows it`}
      </h2>
      {account === null || OwnPreview === undefined ? (
        <SocialPreview account={account} content={content} time={time} />
      ) : (
        <OwnPreview account={account} content={content} time={time} />
      )}
    </section>
  );
}

/** Where readers meet it: an account by hand is called after its place. */
function placeOf({ platform, name }: Account): string {
  return descriptionOf(platform).delivery === 'by-hand' ? name : platformNames[platform];
}
