import { describe, expect, it } from 'vitest';
import type { Credentials } from '../../src-api/boundary/principal.ts';
import type { CommandInput } from '../../src-shared/contract/registry.ts';
import type { Scope } from '../../src-shared/domain/access.ts';
import { codeOf, startTestApi, valueOf, type TestApi } from '../fixtures/api-harness.ts';

const monday = '2090-01-02T10:00';

/** A post for one account; on one instant, so that what a caller may still do does not grow meanwhile. */
async function open() {
  const at = new Date();
  const api = await startTestApi({ now: () => at });
  const { accountId } = valueOf(
    await api.client.commands.connectManualAccount({ service: 'linkedin', handle: '@ana' }),
  );
  const wish = (text: string): CommandInput<'schedule-post'> => ({
    content: { parts: [{ text }] },
    targets: [{ accountId }],
    when: { kind: 'at', dueAt: monday, zone: 'Europe/Berlin' },
  });
  return { api, wish, accountId };
}

const misfit = { nonsense: true } as unknown as CommandInput<'schedule-post'>;

async function makeToken({ client }: TestApi, scopes: Exclude<Scope, 'owner'>[]): Promise<Credentials> {
  const { secret } = valueOf(await client.commands.createToken({ name: 'A program', scopes }));
  return { kind: 'token', token: secret ?? '' };
}

function ask(
  { api: { boundary } }: TestApi,
  credentials: Credentials,
  input: CommandInput<'schedule-post'>,
  idempotencyKey?: string,
) {
  return boundary.execute(credentials, 'http', 'schedule-post', input, { idempotencyKey });
}

async function reservedPosts({ client }: TestApi): Promise<number> {
  const { totals } = valueOf(await client.commands.readLedger({}));
  return totals.find(({ unit }) => unit === 'posts')?.reserved ?? 0;
}

describe('of a call that is wrong in several ways the earliest step speaks', () => {
  it('who asks, then whether they may, then what they ask for, then how often', async () => {
    const { api } = await open();
    const sayOf = async (credentials: Credentials) => {
      const answer = await ask(api, credentials, misfit);
      return answer.ok ? '' : answer.error.userMessage;
    };
    expect(await sayOf({ kind: 'token', token: 'nobody' })).toContain('not known to Longhand');
    expect(await sayOf(await makeToken(api, ['library:read']))).toContain('needs the permission posts:write');
    const credentials = await makeToken(api, ['posts:write']);
    expect(await sayOf(credentials)).toContain('in a way that does not fit');
    // What is refused counts, so that nobody asks for nonsense without end.
    const codes = new Set<string>();
    for (let count = 0; count < 240; count += 1) codes.add(codeOf(await ask(api, credentials, misfit)));
    expect([...codes]).toEqual(['input.invalid', 'input.rate-limited']);
  });

  it('how often before the key, the key before the approval, the approval before the credits', async () => {
    const { api, wish, accountId } = await open();
    const { commands } = api.client;
    const credentials = await makeToken(api, ['posts:write']);
    const { grant } = valueOf(await commands.createGrant({ command: 'schedule-post' }));
    valueOf(await ask(api, credentials, wish('first'), 'k'));
    expect(await reservedPosts(api)).toBe(1);
    valueOf(await commands.revokeGrant({ grantId: grant.grantId }));

    // Without a standing approval another body under the same key is a conflict, and no wish that waits.
    expect(codeOf(await ask(api, credentials, wish('other'), 'k'))).toBe('input.conflict');
    expect(valueOf(await commands.listApprovals({})).approvals).toEqual([]);
    // What waits has taken nothing from a budget yet, which may be used up meanwhile.
    valueOf(await commands.setBudget({ unit: 'posts', period: 'month', limit: 2, accountId }));
    const waiting = valueOf(await ask(api, credentials, wish('waits')));
    expect(waiting.workflowId).toMatch(/^approval:/u);
    expect(await reservedPosts(api)).toBe(1);
    valueOf(await commands.schedulePost(wish('by hand')));
    const { approval } = valueOf(await commands.readApproval({ approvalId: waiting.entityId }));
    const { approvalId, contentHash } = approval;
    const decision = { approvalId, contentHash, decision: 'approve' } as const;
    expect(codeOf(await commands.decideApproval(decision))).toBe('input.over-budget');
    // It goes on waiting: the budget can be raised.
    valueOf(await commands.setBudget({ unit: 'posts', period: 'month', limit: 3, accountId }));
    expect(valueOf(await commands.decideApproval(decision)).approval.state).toBe('approved');
    expect(await reservedPosts(api)).toBe(3);

    // The answer that is remembered is given to whoever may still ask.
    while (codeOf(await ask(api, credentials, misfit)) === 'input.invalid');
    expect(codeOf(await ask(api, credentials, wish('first'), 'k'))).toBe('input.rate-limited');
    expect(valueOf(await commands.listPosts({})).posts).toHaveLength(3);
  });
});
