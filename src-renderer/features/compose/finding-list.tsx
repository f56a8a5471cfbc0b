import { CircleAlert, Lightbulb, Wand2 } from 'lucide-react';
import type { PostFinding } from '../../../src-shared/domain/post-check.ts';
import { classNames } from '../../ui/class-names.ts';

interface FindingListProps {
  findings: readonly PostFinding[];
  className?: string;
}

/** What does not fit, what Longhand makes fit, and what would be better; each with what to do. */
export function FindingList({ findings, className }: FindingListProps) {
  if (findings.length === 0) return null;
  return (
    <ul className={classNames('flex flex-col gap-1', className)}>
      {findings.map((finding) => (
        <li
          key={`${finding.rule} ${finding.message}`}
          className={classNames(
            'flex gap-2 text-xs',
            finding.severity === 'error' ? 'text-bad' : 'text-ink-soft',
          )}
        >
          <FindingIcon severity={finding.severity} />
          <span>{finding.message}</span>
        </li>
      ))}
    </ul>
  );
}

function FindingIcon({ severity }: Pick<PostFinding, 'severity'>) {
  const classes = 'mt-0.5 size-3.5 shrink-0';
  switch (severity) {
    case 'error':
      return <CircleAlert aria-label="Does not fit" className={classes} />;
    case 'fitted':
      return <Wand2 aria-label="Made to fit" className={classes} />;
    case 'advice':
      return <Lightbulb aria-label="Advice" className={classNames(classes, 'text-warn')} />;
  }
}
