import { Link } from '@tanstack/react-router';
import type { LiveProposal } from '../../../../src-shared/domain/proposal.ts';
import { ExternalLink } from '../../../app/external-link.tsx';
import { Timeline } from './timeline.tsx';

const postCommands = ['schedule-post', 'publish-now', 'reschedule-post', 'edit-post', 'cancel-post'];

/** What has become of it; stays true for as long as the card is looked at. */
export function ProposalOutcome({ live, command }: { live: LiveProposal | undefined; command: string }) {
  if (live === undefined) return <p className="text-ink-soft">Looking what became of it…</p>;
  const { message, workflowId, entityId, receipts } = live;
  return (
    <div className="w-full">
      <div className="flex items-baseline gap-3">
        <p role="status" className="selectable min-w-0 flex-1">
          {message}
        </p>
        {entityId !== null && postCommands.includes(command) ? (
          <Link
            to="/post/$postId"
            params={{ postId: entityId }}
            className="shrink-0 font-medium text-accent hover:underline"
          >
            Open the post
          </Link>
        ) : null}
      </div>
      {workflowId === null ? null : (
        <p className="selectable mt-0.5 font-mono text-2xs break-all text-ink-faint">{workflowId}</p>
      )}
      {receipts.length === 0 ? null : (
        <div className="-mx-4 mt-2.5 border-t border-line">
          <Timeline
            label="Receipts"
            steps={receipts.map(({ at, title, detail, url }) => ({
              at,
              title: capitalise(title),
              detail,
              isEmphasised: false,
              link:
                url === null ? null : (
                  <ExternalLink address={url} className="text-xs">
                    {new URL(url).host}
                  </ExternalLink>
                ),
            }))}
          />
        </div>
      )}
    </div>
  );
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
