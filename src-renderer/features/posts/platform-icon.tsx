import { platformWindows } from '../../../src-connectors/windows.ts';
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
  const { Icon } = platformWindows[platform];
  return <Icon className={classNames('size-4 shrink-0', className)} {...naming} />;
}
