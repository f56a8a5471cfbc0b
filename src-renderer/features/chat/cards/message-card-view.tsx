import type { LookUpSubject } from '../../../../src-shared/domain/look-up.ts';
import type { MessageCard } from '../../../../src-shared/domain/message-card.ts';
import { ErrorNotice } from '../../../app/error-notice.tsx';
import { Button } from '../../../ui/button.tsx';
import { formatQuantity } from '../../../ui/format.ts';
import { useMakeDraft } from '../use-make-draft.ts';
import { AnalyticsView } from './analytics-view.tsx';
import { AssetList } from './asset-list.tsx';
import { CaptionList } from './caption-list.tsx';
import { CardFrame } from './card-frame.tsx';
import { ExplanationView } from './explanation-view.tsx';
import { IdeaList } from './ideas-card.tsx';
import { LookUpList } from './look-up-list.tsx';
import { PlanCard } from './plan-card.tsx';
import { ProposalCard } from './proposal-card.tsx';

const subjectNouns: Record<LookUpSubject, [string, string]> = {
  posts: ['post', 'posts'],
  accounts: ['account', 'accounts'],
  schedule: ['planned post', 'planned posts'],
};

interface MessageCardViewProps {
  card: MessageCard;
  /** Says something in the conversation on behalf of the person. */
  onSay: (text: string) => void;
}

/** What an answer shows beside its words. */
export function MessageCardView({ card, onSay }: MessageCardViewProps) {
  const { makeDraft } = useMakeDraft();
  switch (card.type) {
    case 'ideas':
      return (
        <CardFrame card={card} title={formatQuantity(card.ideas.length, 'idea')}>
          <IdeaList ideas={card.ideas} assetId={null} />
        </CardFrame>
      );
    case 'captions':
      return (
        <CardFrame card={card} title="Captions">
          <CaptionList
            captions={card.captions}
            takeLabel="Draft"
            onTake={(text) => makeDraft(text, card.assetId)}
          />
        </CardFrame>
      );
    case 'plan':
      return <PlanCard card={card} />;
    case 'look-up':
      return (
        <CardFrame card={card} title={formatQuantity(card.totalCount, ...subjectNouns[card.subject])}>
          <LookUpList lines={card.lines} totalCount={card.totalCount} />
        </CardFrame>
      );
    case 'assets':
      return (
        <CardFrame card={card} title={formatQuantity(card.totalCount, 'recording')}>
          <AssetList assets={card.assets} totalCount={card.totalCount} />
        </CardFrame>
      );
    case 'analytics':
      return (
        <CardFrame card={card} title="How it went">
          <AnalyticsView analytics={card.analytics} />
        </CardFrame>
      );
    case 'explanation':
      return (
        <CardFrame card={card} title="What happened">
          <ExplanationView explanation={card.explanation} />
        </CardFrame>
      );
    case 'proposal':
      return <ProposalCard proposal={card.proposal} />;
    case 'question':
      return (
        <CardFrame card={card} title={card.question}>
          <ul className="flex flex-wrap gap-2 px-4 py-3">
            {card.choices.map(({ label, wish }) => (
              <li key={label}>
                <Button onClick={() => onSay(wish)}>{label}</Button>
              </li>
            ))}
          </ul>
        </CardFrame>
      );
    case 'failure':
      return <ErrorNotice error={card.error} className="mt-3" />;
  }
}
