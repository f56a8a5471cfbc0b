import { QueryObserver } from '@tanstack/react-query';
import { beforeEach, expect, it, vi } from 'vitest';
import { createQueryClient } from './query-client.ts';
import { readAgain } from './read-again.ts';

const queryKey = ['listPosts', {}];
let answers: PromiseWithResolvers<string>[];
let shown: (string | undefined)[];
let queryClient: ReturnType<typeof createQueryClient>;

beforeEach(() => {
  answers = [];
  shown = [];
  queryClient = createQueryClient();
  const queryFn = () => {
    const answer = Promise.withResolvers<string>();
    answers.push(answer);
    return answer.promise;
  };
  new QueryObserver(queryClient, { queryKey, queryFn }).subscribe(({ data }) => shown.push(data));
});

const answer = async (index: number, text: string) => {
  await vi.waitUntil(() => answers.length > index);
  answers[index]?.resolve(text);
};

it('what is read for the first time while something changes is read once more', async () => {
  const reading = readAgain(queryClient, ([method]) => method === 'listPosts');
  await answer(0, 'from before');
  await answer(1, 'from after');
  await reading;
  expect(shown.at(-1)).toBe('from after');
  expect(answers).toHaveLength(2);
});

it('what is read again while something changes is read anew at once, and waited for', async () => {
  await answer(0, 'first');
  await vi.waitUntil(() => shown.at(-1) === 'first');
  const once = readAgain(queryClient, ([method]) => method === 'listPosts');
  const twice = readAgain(queryClient, ([method]) => method === 'listPosts');
  await answer(1, 'from before');
  await answer(2, 'from after');
  await Promise.all([once, twice]);
  expect([...new Set(shown)]).toEqual([undefined, 'first', 'from after']);
  expect(answers).toHaveLength(3);
});

it('other queries are left alone', async () => {
  await answer(0, 'first');
  await vi.waitUntil(() => shown.at(-1) === 'first');
  await readAgain(queryClient, ([method]) => method === 'listAccounts');
  expect(answers).toHaveLength(1);
});
