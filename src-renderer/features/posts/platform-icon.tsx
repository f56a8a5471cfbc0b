import { Hand, Rss } from 'lucide-react';
import type { Platform } from '../../../src-shared/domain/account.ts';
import { classNames } from '../../ui/class-names.ts';
import { platformTitles } from './platform-words.ts';

interface PlatformIconProps {
  platform: Platform;
  /** Says the name to those who do not see it; left out where the name stands beside it. */
  isNamed?: boolean;
  className?: string;
}

/** A small sign for a platform, drawn in the colour of the text. */
export function PlatformIcon({ platform, isNamed = false, className }: PlatformIconProps) {
  const naming = isNamed
    ? { role: 'img', 'aria-label': platformTitles[platform] }
    : { 'aria-hidden': true as const };
  const classes = classNames('size-4 shrink-0', className);
  switch (platform) {
    case 'bluesky':
      return (
        <svg viewBox="0 0 24 24" fill="currentColor" className={classes} {...naming}>
          <path d="M12 11.2C11 9.2 8.2 5.5 5.6 4 3.4 2.7 1.8 3.1 1.8 6c0 1.5.8 5.6 1.3 6.3 1 1.4 2.8 1.7 4.9 1.3-2.6.5-4.6 1.6-2.6 4.2 2.6 3.3 5-.2 6.6-3.4 1.6 3.2 4 6.7 6.6 3.4 2-2.6 0-3.7-2.6-4.2 2.1.4 3.9.1 4.9-1.3.5-.7 1.3-4.8 1.3-6.3 0-2.9-1.6-3.3-3.8-2-2.6 1.5-5.4 5.2-6.4 7.2Z" />
        </svg>
      );
    case 'mastodon':
      return (
        <svg
          viewBox="0 0 24 24"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
          className={classes}
          {...naming}
        >
          <path d="M20 9.6c0-4-2.6-5.9-8-5.9S4 5.6 4 9.6c0 6.2 1.6 9.7 8 9.7 1.5 0 3-.3 4.2-.7" />
          <path d="M8 13.5V9.9c0-2.4 4-2.4 4 0v2.3-2.3c0-2.4 4-2.4 4 0v3.6" />
        </svg>
      );
    case 'feed':
      return <Rss className={classes} {...naming} />;
    case 'manual':
      return <Hand className={classes} {...naming} />;
  }
}
