import { QueryClient, QueryObserver, queryOptions } from '@tanstack/react-query';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Segment } from '../../../src-shared/domain/transcript.ts';
import type { CommandError } from '../../app/command-error.ts';
import { makeSegment } from './testing/make-segment.ts';
import { createTranscriptCache, type TranscriptCache } from './transcript-cache.ts';

type Key = readonly ['readTranscript', { assetId: string }];

interface Read {
  revision: number;
  segments: Segment[];
}

const heard = makeSegment('s', 0, 1000, { text: 'as it was heard' });
const edit = [{ kind: 'update' as const, segmentId: 's', text: 'as it was meant' }];

describe('a transcript that is edited', () => {
  let answers: PromiseWithResolvers<Read>[];
  let observer: QueryObserver<Read, CommandError, Read, Read, Key>;
  let cache: TranscriptCache;
  const shownText = () => observer.getCurrentResult().data?.segments[0]?.text;
  const answer = async (index: number, revision: number, segment = heard) => {
    await vi.waitUntil(() => answers.length > index);
    answers[index]?.resolve({ revision, segments: [segment] });
    await answers[index]?.promise;
  };

  beforeEach(async () => {
    answers = [];
    const queryClient = new QueryClient();
    const options = queryOptions<Read, CommandError, Read, Key>({
      queryKey: ['readTranscript', { assetId: 'a' }],
      queryFn: () => {
        const next = Promise.withResolvers<Read>();
        answers.push(next);
        return next.promise;
      },
    });
    observer = new QueryObserver(queryClient, options);
    observer.subscribe(() => undefined);
    cache = createTranscriptCache(queryClient, options.queryKey);
    await answer(0, 1);
    await vi.waitUntil(() => shownText() === 'as it was heard');
  });

  it('shows the edit at once, also where it was just being read again', async () => {
    const reading = observer.refetch();
    cache.show(edit);
    expect([shownText(), cache.readRevision()]).toEqual(['as it was meant', 1]);
    await answer(1, 1);
    await reading;
    expect(shownText()).toBe('as it was meant');
    expect(cache.accept(2)).toBe(false);
    expect([shownText(), cache.readRevision()]).toEqual(['as it was meant', 2]);
  });

  it('is read again where a reading from before the edit has come in its place', async () => {
    cache.show(edit);
    const reading = observer.refetch();
    await answer(1, 1);
    await reading;
    expect(shownText()).toBe('as it was heard');
    expect(cache.accept(2)).toBe(true);
  });
});
