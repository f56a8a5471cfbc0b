import type { ReactNode } from 'react';
import type { Segment } from '../../../src-shared/domain/transcript.ts';
import { classNames } from '../../ui/class-names.ts';
import type { Found } from './find-and-replace.ts';
import { layOutWords, wordIndexAt } from './transcript-position.ts';
import { usePlayer, usePlayerValue } from './use-player.ts';

/** Words below this are marked in passages that should be checked. */
const uncertainBelow = 0.5;

interface SegmentTextProps {
  segment: Segment;
  isCurrent: boolean;
  found: readonly Found[] | undefined;
  currentFound: Found | undefined;
}

/** The words of a passage, each of which can be clicked; while searching, the places that were found. */
export function SegmentText({ segment, isCurrent, found, currentFound }: SegmentTextProps) {
  if (found !== undefined && found.length > 0) {
    return <FoundText text={segment.text} found={found} currentFound={currentFound} />;
  }
  return isCurrent ? <CurrentWords segment={segment} /> : <Words segment={segment} currentWord={-1} />;
}

/** Only the current passage listens to the position. */
function CurrentWords({ segment }: { segment: Segment }) {
  const player = usePlayer();
  const currentWord = usePlayerValue(player, ({ positionMs }) => wordIndexAt(segment.words, positionMs));
  return <Words segment={segment} currentWord={currentWord} />;
}

function Words({ segment, currentWord }: { segment: Segment; currentWord: number }) {
  const { text, words, suspect } = segment;
  if (words.length === 0) return text;
  let offset = 0;
  return layOutWords(text, words).map((piece, index) => {
    const start = offset;
    offset += piece.text.length;
    const word = piece.wordIndex === null ? undefined : words[piece.wordIndex];
    if (word === undefined) return piece.text;
    return (
      <span
        key={index}
        data-start={word.startMs}
        data-offset={start}
        {...(piece.wordIndex === currentWord ? { 'aria-current': 'true' as const } : {})}
        className={classNames(
          'rounded-sm box-decoration-clone hover:bg-pressed',
          piece.wordIndex === currentWord &&
            'bg-accent-soft text-accent-strong ring-2 ring-accent-soft hover:bg-accent-soft',
          suspect !== null &&
            word.probability < uncertainBelow &&
            'underline decoration-warn decoration-dotted decoration-2 underline-offset-4',
        )}
      >
        {piece.text}
      </span>
    );
  });
}

function FoundText({
  text,
  found,
  currentFound,
}: {
  text: string;
  found: readonly Found[];
  currentFound: Found | undefined;
}) {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const place of found) {
    parts.push(text.slice(end, place.start));
    parts.push(
      <mark
        key={place.start}
        className={classNames(
          'rounded-xs',
          place === currentFound ? 'bg-accent text-on-accent' : 'bg-warn-soft text-ink',
        )}
      >
        {text.slice(place.start, place.end)}
      </mark>,
    );
    end = place.end;
  }
  parts.push(text.slice(end));
  return parts;
}
