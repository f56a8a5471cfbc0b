import type { PrincipalName } from '../boundary/principal.ts';
import { approvalDecided } from '../boundary/start-messages.ts';
import type { ChangeHandler, QueryHandler } from './handler-types.ts';

export const listTokens: QueryHandler<'list-tokens'> = {
  answer: (_input, { tokens }) => ({ tokens: tokens.list() }),
};

export const createToken: ChangeHandler<'create-token'> = {
  prepare:
    (input, { tokens }) =>
    () => {
      const { token, secret } = tokens.create(input);
      return {
        output: { token, secret },
        // What is kept to answer a repeated request must not hold the secret.
        rememberedOutput: { token, secret: null },
        entityId: token.tokenId,
      };
    },
};

/** Shuts the program out, and with it what it asked for and what was granted to it alone. */
export const revokeToken: ChangeHandler<'revoke-token'> = {
  prepare:
    ({ tokenId }, { tokens, approvals, grants }, { principal }) =>
    () => {
      const token = tokens.revoke(tokenId);
      const owner: PrincipalName = `token:${tokenId}`;
      grants.revokeOf(owner);
      const waiting = approvals.listPending(owner);
      for (const { approvalId } of waiting) {
        approvals.end(approvalId, { state: 'voided', decidedBy: principal.name });
      }
      return {
        output: { token },
        entityId: tokenId,
        messages: waiting.map(({ approvalId }) => approvalDecided(approvalId)),
      };
    },
};
