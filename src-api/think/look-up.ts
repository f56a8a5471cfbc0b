import type { CommandOutput, ParsedInput } from '../../src-shared/contract/registry.ts';
import { describeDue } from '../../src-shared/domain/due-time.ts';
import type { LookUpLine } from '../../src-shared/domain/look-up.ts';
import { platformNames } from '../../src-shared/domain/platforms/known-platforms.ts';
import { postStateSchema, type PostState, type PostSummary } from '../../src-shared/domain/post.ts';
import type { QueryHandler } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';

type Input = ParsedInput<'look-up'>;

/** What still lies ahead, or needs somebody. */
const planned: PostState[] = ['waiting', 'preparing', 'publishing', 'needs-decision', 'to-mark'];
const postsRead = 2_000;

export const lookUp: QueryHandler<'look-up'> = {
  answer(input, services) {
    const lines = input.subject === 'accounts' ? accountLines(input, services) : postLines(input, services);
    return {
      subject: input.subject,
      totalCount: lines.length,
      lines: lines.slice(0, input.limit),
    } satisfies CommandOutput<'look-up'>;
  },
};

function accountLines({ text }: Input, { accounts }: CommandServices): LookUpLine[] {
  return accounts
    .list()
    .filter(({ name, handle, platform }) => matches(`${name} ${handle} ${platformNames[platform]}`, text))
    .map(({ accountId, name, handle, platform, state, profileUrl, checkedAt }) => ({
      title: name,
      detail: `${handle} · ${platformNames[platform]}`,
      at: checkedAt,
      state: state === 'connected' ? 'connected' : 'needs to be connected again',
      link: { kind: 'account', id: accountId, url: profileUrl },
    }));
}

function postLines(
  { subject, text, states, accountId, from, to }: Input,
  services: CommandServices,
): LookUpLine[] {
  const isSchedule = subject === 'schedule';
  const wanted =
    states === undefined ? (isSchedule && from === undefined ? planned : undefined) : knownStates(states);
  const { posts } = services.postQueries.list({
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(wanted === undefined ? {} : { states: wanted }),
    ...(accountId === undefined ? {} : { accountId }),
    limit: postsRead,
  });
  return posts
    .filter((post) => matches(`${post.heading} ${post.text}`, text))
    .filter(({ state, due }) => !isSchedule || (state !== 'draft' && state !== 'cancelled' && due !== null))
    .map((post) => toLine(post, services));
}

function knownStates(states: readonly string[]): PostState[] {
  return states.flatMap((state) => {
    const parsed = postStateSchema.safeParse(state);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Every word must occur, whatever its accents and capitals. */
function matches(found: string, text: string | undefined): boolean {
  if (text === undefined) return true;
  const plain = (value: string) => value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const where = plain(found);
  return words.every((word) => where.includes(word));
}

function toLine(
  { postId, heading, state, due, targets }: PostSummary,
  { accounts, now }: CommandServices,
): LookUpLine {
  const names = targets.map(
    (target) => accounts.findEver(target.accountId)?.name ?? 'an account that is gone',
  );
  const when = due === null ? 'no time yet' : describeDue(due, now());
  return {
    title: heading,
    detail: [when, ...(names.length === 0 ? [] : [names.join(', ')])].join(' · '),
    at: due?.dueAt ?? null,
    state,
    link: { kind: 'post', id: postId, url: targets.find(({ url }) => url !== null)?.url ?? null },
  };
}
