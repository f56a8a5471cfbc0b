import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import type { LiveProposal } from '../../../../src-shared/domain/proposal.ts';
import { ExternalLink } from '../../../app/external-link.tsx';
import { Timeline } from './timeline.tsx';

/** What has become of it; stays true for as long as the card is looked at. */
export function ProposalOutcome({ live }: { live: LiveProposal | undefined }) {
  if (live === undefined) return <p className="text-ink-soft">Checking what became of it…</p>;
  const { message, workflowId, posts } = live;
  const [only, another] = posts;
  const isOne = only !== undefined && another === undefined;
  return (
    <div className="w-full">
      <div className="flex items-baseline gap-3">
        <p role="status" className="selectable min-w-0 flex-1">
          {message}
        </p>
        {isOne ? <PostLink postId={only.postId}>Open the post</PostLink> : null}
      </div>
      {workflowId === null ? null : (
        <p className="selectable mt-0.5 font-mono text-2xs break-all text-ink-faint">{workflowId}</p>
      )}
      {isOne ? <Receipts label="Receipts" receipts={only.receipts} /> : null}
      {another === undefined ? null : (
        <ul aria-label="Posts" className="-mx-4 mt-2.5">
          {posts.map((post) => (
            <FollowedPost key={post.postId} post={post} />
          ))}
        </ul>
      )}
    </div>
  );
}

type Post = LiveProposal['posts'][number];

/** One of several: the newest receipt at once, all of them when it is opened. */
function FollowedPost({ post }: { post: Post }) {
  const { postId, heading, receipts } = post;
  return (
    <li className="border-t border-line">
      <details className="group/post">
        <summary className="flex h-9 list-none items-center gap-3 px-4 hover:bg-hover">
          <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-faint group-open/post:rotate-90" />
          <span className="min-w-0 flex-1 truncate font-medium">{heading}</span>
          <span className="shrink-0 text-xs text-ink-soft">{receipts.at(-1)?.title}</span>
        </summary>
        <Receipts label={`Receipts of ${heading}`} receipts={receipts} />
        <div className="px-4 pb-3">
          <PostLink postId={postId}>Open the post</PostLink>
        </div>
      </details>
    </li>
  );
}

function PostLink({ postId, children }: { postId: string; children: string }) {
  return (
    <Link to="/post/$postId" params={{ postId }} className="shrink-0 font-medium text-accent hover:underline">
      {children}
    </Link>
  );
}

function Receipts({ label, receipts }: { label: string; receipts: Post['receipts'] }) {
  if (receipts.length === 0) return null;
  return (
    <div className="-mx-4 mt-2.5 border-t border-line in-[details]:mx-0 in-[details]:mt-0 in-[details]:border-t-0">
      <Timeline
        label={label}
        steps={receipts.map(({ at, title, detail, url }) => ({
          at,
          title,
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
  );
}
