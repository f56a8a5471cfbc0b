import { CircleAlert, Lightbulb } from 'lucide-react';
import type { PostFinding } from '../../../src-shared/domain/post-check.ts';
import { classNames } from '../../ui/class-names.ts';

interface FindingListProps {
  findings: readonly PostFinding[];
  className?: string;
}

/** What does not fit, and what would be better; each with what to do. What is made to fit is told beside the media. */
export function FindingList({ findings, className }: FindingListProps) {
  const told = findings.filter(({ severity }) => severity !== 'fitted');
  if (told.length === 0) return null;
  return (
    <ul className={classNames('flex flex-col gap-1', className)}>
      {told.map(({ rule, severity, message }) => (
        <li
          key={`${rule} ${message}`}
          className={classNames(
            'flex gap-2 text-xs [&_svg]:mt-0.5 [&_svg]:size-3.5 [&_svg]:shrink-0',
            severity === 'error' ? 'text-bad' : 'text-ink-soft',
          )}
        >
          {severity === 'error' ? (
            <CircleAlert aria-label="Does not fit" />
          ) : (
            <Lightbulb aria-label="Advice" className="text-warn" />
          )}
          <span>{message}</span>
        </li>
      ))}
    </ul>
  );
}
