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
  const address = JSON.stringify(search);
  const [session, setSession] = useState<Session>(() => ({
    count: 0,
    address,
    openedId: search.post,
    savedId: undefined,
  }));
  if (session.address !== address) {
    // The id that a new draft gets is put into the address without beginning anew.
    const isSame = search.post !== undefined && search.post === session.savedId;
    setSession(
      isSame
        ? { ...session, address }
        : { count: session.count + 1, address, openedId: search.post, savedId: undefined },
    );
  }
  const { count, openedId } = session;
  const onSaved = (savedId: string) => setSession((now) => (now.count === count ? { ...now, savedId } : now));
  return openedId === undefined ? (
    <Composer
      key={count}
      initial={begin(search, zone)}
      postId={undefined}
      state="draft"
      revision={0}
      onSaved={onSaved}
    />
  ) : (
    <OpenedComposer key={count} postId={openedId} onSaved={onSaved} />
  );
}

/** One post being written; another address begins another. */
interface Session {
  count: number;
  address: string;
  openedId: string | undefined;
  /** The id that a new draft was given meanwhile. */
  savedId: string | undefined;
}

function OpenedComposer({ postId, onSaved }: { postId: string; onSaved: (postId: string) => void }) {
  const { data, error, refetch, isFetchedAfterMount } = useQuery({
    ...commandQuery('readPost', { postId }),
    staleTime: 0,
  });
  const zone = useZone();
  // What is remembered of an earlier look may be older than what was written since: it would be written over.
  if (data !== undefined && isFetchedAfterMount)
    return (
      <Composer
        initial={fromPost(data, zone)}
        postId={postId}
        state={data.state}
        revision={data.revision}
        names={data.accounts}
        onSaved={onSaved}
      />
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
