import { PenLine } from 'lucide-react';
import type { Idea, IdeaFormat } from '../../../../src-shared/domain/idea.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { useMakeDraft } from '../use-make-draft.ts';

const formatTitles: Record<IdeaFormat, string> = {
  text: 'Text',
  picture: 'Picture',
  'short-video': 'Short video',
  'long-video': 'Long video',
  audio: 'Audio',
  thread: 'Thread',
};

/** Ideas, each of which can become a draft. */
export function IdeaList({ ideas, assetId }: { ideas: readonly Idea[]; assetId: string | null }) {
  const { makeDraft, isPending } = useMakeDraft();
  return (
    <ul className="divide-y divide-line">
      {ideas.map((idea, index) => (
        <li key={index} className="flex items-start gap-4 px-4 py-3">
          <div className="selectable min-w-0 flex-1">
            <div className="flex flex-wrap items-center gap-2">
              <h4 className="font-semibold">{idea.title}</h4>
              <Badge>{formatTitles[idea.format]}</Badge>
            </div>
            <p className="mt-0.5 font-serif text-[1.0625rem] leading-snug italic">{idea.hook}</p>
            <p className="mt-1 text-ink-soft">{idea.outline}</p>
          </div>
          <Button
            size="small"
            aria-label={`Turn “${idea.title}” into a draft`}
            disabled={isPending}
            onClick={() => makeDraft(`${idea.hook}\n\n${idea.outline}`, assetId)}
          >
            <PenLine /> Draft
          </Button>
        </li>
      ))}
    </ul>
  );
}
