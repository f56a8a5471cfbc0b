import { Link } from '@tanstack/react-router';
import { formatQuantity } from '../../../ui/format.ts';

interface AssetListProps {
  assets: readonly { assetId: string; title: string; detail: string }[];
  totalCount: number;
}

export function AssetList({ assets, totalCount }: AssetListProps) {
  if (assets.length === 0) return <p className="px-4 py-4 text-ink-soft">Nothing in the library fits.</p>;
  return (
    <>
      <ul className="divide-y divide-line">
        {assets.map(({ assetId, title, detail }) => (
          <li key={assetId}>
            <Link to="/asset/$assetId" params={{ assetId }} className="block px-4 py-2 hover:bg-hover">
              <span className="block truncate font-medium">{title}</span>
              <span className="block truncate text-xs text-ink-soft">{detail}</span>
            </Link>
          </li>
        ))}
      </ul>
      {totalCount > assets.length ? (
        <p className="border-t border-line px-4 py-2 text-xs text-ink-soft">
          And {formatQuantity(totalCount - assets.length, 'more', 'more')} in the library.
        </p>
      ) : null}
    </>
  );
}
