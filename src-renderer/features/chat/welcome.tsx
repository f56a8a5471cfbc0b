import { useQuery } from '@tanstack/react-query';
import { Lightbulb, MessageSquareText, PenLine } from 'lucide-react';
import { commandQuery } from '../../app/command-data.ts';
import { Mark } from '../../app/wordmark.tsx';

interface WelcomeProps {
  /** Whether what could be begun with is shown: all of it needs a model. */
  offersStarts: boolean;
  /** Puts words into the composer, about a recording if one is given. */
  onBegin: (text: string, assetIds: string[]) => void;
}

/** Before anything was said: what can be asked, with the person's own newest recording as the example. */
export function Welcome({ offersStarts, onBegin }: WelcomeProps) {
  const { data } = useQuery(commandQuery('searchLibrary', { sort: 'newest', limit: 1 }));
  const newest = data?.items[0];
  const starts = [
    ...(newest === undefined
      ? []
      : [
          {
            icon: <MessageSquareText />,
            title: 'Ask about a recording',
            text: `What are the most important points in “${newest.title}”?`,
            assetIds: [newest.assetId],
          },
        ]),
    {
      icon: <Lightbulb />,
      title: 'Get ideas',
      text: 'Give me five ideas for posts about ',
      assetIds: [],
    },
    {
      icon: <PenLine />,
      title: 'Draft and plan',
      text: 'Draft three captions and plan the best for Friday at nine',
      assetIds: newest === undefined ? [] : [newest.assetId],
    },
  ];
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center-safe overflow-y-auto px-6 py-8 [@media(max-height:680px)]:py-3">
      <Mark className="mb-4 size-9 shrink-0 text-ink-faint [@media(max-height:680px)]:hidden" />
      <h2 className="text-center font-serif text-3xl tracking-tight text-balance">What are you making?</h2>
      <p className="mt-2 max-w-md text-center text-base text-balance text-ink-soft">
        Ask about anything in your library. Answers are written on this computer and say where they are from.
      </p>
      {offersStarts ? (
        <ul className="mt-8 grid w-full max-w-2xl grid-cols-1 gap-2.5 sm:grid-cols-3">
          {starts.map(({ icon, title, text, assetIds }) => (
            <li key={title}>
              <button
                type="button"
                onClick={() => onBegin(text, assetIds)}
                className="flex h-full w-full flex-col rounded-xl border border-line bg-raised p-3.5 text-left shadow-card hover:border-line-strong hover:bg-hover"
              >
                <span className="flex items-center gap-2 font-medium [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-accent">
                  {icon} {title}
                </span>
                <span className="mt-1.5 line-clamp-3 text-xs text-ink-soft">{text.replace(/ $/, '…')}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
