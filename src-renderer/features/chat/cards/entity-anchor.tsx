import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { EntityLink } from '../../../../src-shared/domain/entity-link.ts';
import { ExternalLink } from '../../../app/external-link.tsx';
import { toSettingsSection } from '../../../app/navigation.ts';

interface EntityAnchorProps {
  link: EntityLink;
  className?: string;
  children: ReactNode;
}

/** Leads to the thing that a line speaks of. */
export function EntityAnchor({ link, className, children }: EntityAnchorProps) {
  const shared = className === undefined ? { className: 'text-accent hover:underline' } : { className };
  const { kind, id } = link;
  switch (kind) {
    case 'asset':
      return (
        <Link to="/asset/$assetId" params={{ assetId: id }} {...shared}>
          {children}
        </Link>
      );
    case 'conversation':
      return (
        <Link to="/chat/$conversationId" params={{ conversationId: id }} {...shared}>
          {children}
        </Link>
      );
    case 'watch-folder':
      return (
        <Link to="/settings/$section" params={{ section: 'folders' }} {...shared}>
          {children}
        </Link>
      );
    case 'settings':
      return (
        <Link to="/settings/$section" params={{ section: toSettingsSection(id) }} {...shared}>
          {children}
        </Link>
      );
    case 'account':
      return (
        <Link to="/settings/$section" params={{ section: 'accounts' }} {...shared}>
          {children}
        </Link>
      );
    case 'post':
      return (
        <Link to="/post/$postId" params={{ postId: id }} {...shared}>
          {children}
        </Link>
      );
    case 'approval':
      return (
        <Link to="/approvals" search={{ approval: id }} {...shared}>
          {children}
        </Link>
      );
  }
}

/** The place outside of Longhand, such as the published post. */
export function OutsideLink({ link }: { link: EntityLink | null }) {
  if (link === null || link.url === null) return null;
  return (
    <ExternalLink address={link.url} className="text-xs">
      {new URL(link.url).host}
    </ExternalLink>
  );
}
