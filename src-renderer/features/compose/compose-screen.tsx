import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { commandQuery } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { useZone } from '../../app/zone.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { emptyComposition, fromPost, withPart, type Composition } from './composer-state.ts';
import type { ComposeSearch } from './compose-search.ts';
import { Composer } from './composer.tsx';

const route = getRouteApi('/compose');

/** Writes a post, or changes one. */
export function ComposeScreen() {
  const search = route.useSearch();
  const zone = useZone();
  // The id that a new draft gets is put into the address without beginning anew.
  const [openedId] = useState(search.post);
  return openedId === undefined ? (
    <Composer key="new" initial={begin(search, zone)} postId={undefined} state="draft" revision={0} />
  ) : (
    <OpenedComposer key={openedId} postId={openedId} />
  );
}

function OpenedComposer({ postId }: { postId: string }) {
  const { data, error, refetch } = useQuery({ ...commandQuery('readPost', { postId }), staleTime: 0 });
  const zone = useZone();
  if (data !== undefined)
    return (
      <Composer initial={fromPost(data, zone)} postId={postId} state={data.state} revision={data.revision} />
    );
  return error === null ? (
    <div role="status" aria-label="Loading the post" className="mx-auto max-w-2xl p-8">
      <Skeleton className="h-10 w-2/3" />
      <Skeleton className="mt-6 h-48 rounded-xl" />
    </div>
  ) : (
    <ErrorNotice error={error.dto} retry={() => void refetch()} className="m-8" />
  );
}

function begin(search: ComposeSearch, zone: string): Composition {
  const { asset, clipStart, clipEnd, date, time } = search;
  const empty = emptyComposition(zone);
  const clip =
    clipStart === undefined || clipEnd === undefined || clipEnd <= clipStart
      ? null
      : { startMs: clipStart, endMs: clipEnd };
  return {
    ...empty,
    when: {
      ...empty.when,
      ...(date === undefined ? {} : { date, time: time ?? '09:00' }),
    },
    content:
      asset === undefined
        ? empty.content
        : withPart(empty.content, 0, { media: [{ assetId: asset, altText: '', clip }] }),
  };
}
