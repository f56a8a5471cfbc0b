import { Wrench } from 'lucide-react';
import { approvalStateTitles } from '../../../../src-shared/domain/approval-words.ts';
import type { Explanation, TimelineLine } from '../../../../src-shared/domain/explanation.ts';
import { Badge } from '../../../ui/badge.tsx';
import { statusTitles } from '../../library/asset-words.ts';
import { stateTitles } from '../../posts/post-words.ts';
import { EntityAnchor, OutsideLink } from './entity-anchor.tsx';
import { Timeline } from './timeline.tsx';

const sourceTitles: Record<TimelineLine['source'], string> = {
  post: 'Post',
  receipt: 'Receipt',
  approval: 'Approval',
  audit: 'Audit',
  step: 'Processing',
  'work-engine': 'Work engine',
  process: 'Parts of the app',
  notice: 'Notice',
};

const stateTitlesByKind: Partial<Record<string, Partial<Record<string, string>>>> = {
  post: stateTitles,
  asset: statusTitles,
  approval: approvalStateTitles,
};

/** In the words of its own page; what has none is told in words already. */
function stateTitleOf({ state, link }: Explanation['subject']): string {
  return stateTitlesByKind[link?.kind ?? '']?.[state] ?? state;
}

/** Why something is as it is: the cause, the way out, and all that was recorded. */
export function ExplanationView({ explanation }: { explanation: Explanation }) {
  const { subject, cause, wayOut, timeline } = explanation;
  return (
    <div>
      <div className="px-4 py-3">
        <p className="flex items-center gap-2 text-xs text-ink-soft">
          {subject.link === null ? (
            subject.title
          ) : (
            <EntityAnchor link={subject.link}>{subject.title}</EntityAnchor>
          )}
          <Badge>{stateTitleOf(subject)}</Badge>
        </p>
        <p className="selectable mt-1.5 text-base font-medium">{cause}</p>
        {wayOut === null ? null : (
          <p className="selectable mt-1.5 flex gap-2 text-ink-soft">
            <Wrench aria-label="Way out" className="mt-0.5 size-4 shrink-0" /> {wayOut}
          </p>
        )}
      </div>
      {timeline.length === 0 ? null : (
        <div className="border-t border-line">
          <Timeline
            label="What happened"
            steps={timeline.map((line) => ({
              at: line.at,
              title: line.title,
              detail: line.detail,
              isEmphasised: line.isCause,
              link: (
                <p className="flex gap-3 text-xs text-ink-faint">
                  {line.link === null ? (
                    sourceTitles[line.source]
                  ) : (
                    <EntityAnchor link={line.link}>{sourceTitles[line.source]}</EntityAnchor>
                  )}
                  <OutsideLink link={line.link} />
                </p>
              ),
            }))}
          />
        </div>
      )}
    </div>
  );
}
