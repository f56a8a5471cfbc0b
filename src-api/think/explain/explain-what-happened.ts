import { isDurableToolResult } from '../../../src-shared/contract/define-command.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import type { EntityLink } from '../../../src-shared/domain/entity-link.ts';
import type { Explanation } from '../../../src-shared/domain/explanation.ts';
import type { QueryHandler } from '../../commands/handler-types.ts';
import type { CommandServices } from '../../commands/services.ts';
import { explainAsset } from './explain-asset.ts';
import { explainPost } from './explain-post.ts';
import { findSubject } from './find-subject.ts';
import { approvalStates, auditLines, inOrder, lineOf } from './timeline.ts';

/** The true cause, from what was recorded. Works without any model, and no model has a say in it. */
export const explainWhatHappened: QueryHandler<'explain-what-happened'> = {
  answer({ entityId, question }, services) {
    const subject = findSubject(entityId, question, services);
    if (subject === undefined) {
      if (entityId === undefined) return nothingWrong(services);
      throw new AppError({
        code: 'input.not-found',
        userMessage: 'There is nothing here with this id. It may have been removed. Nothing was changed.',
        retry: 'never',
        details: { entityId },
      });
    }
    switch (subject.kind) {
      case 'post':
        return explainPost(subject.id, services);
      case 'asset':
        return explainAsset(subject.id, services);
      case 'approval':
        return explainApproval(subject.id, services);
    }
  },
};

function explainApproval(approvalId: string, services: CommandServices): Explanation {
  const { state, preview, principalLabel, createdAt, decidedAt, expiresAt, result } =
    services.approvals.get(approvalId);
  const link: EntityLink = { kind: 'approval', id: approvalId, url: null };
  const outcome = result === null ? null : isDurableToolResult(result) ? result.message : result.userMessage;
  const endedAt = decidedAt ?? (state === 'expired' ? expiresAt : null);
  const lines = [
    lineOf({ at: createdAt, title: `${principalLabel} asked: ${preview.title}`, source: 'approval', link }),
    ...(endedAt === null
      ? []
      : [lineOf({ at: endedAt, title: approvalStates[state], detail: outcome, source: 'approval', link })]),
    ...auditLines(approvalId, services),
  ];
  return {
    subject: { title: preview.title, state, link },
    cause: `${approvalStates[state]}.${outcome === null ? '' : ` ${outcome}`}`,
    wayOut:
      state === 'pending'
        ? 'Decide about it under Approvals.'
        : state === 'expired'
          ? 'Ask for it again.'
          : null,
    timeline: inOrder(lines, ({ source }) => source === 'approval'),
  };
}

function nothingWrong({ processes, now }: CommandServices): Explanation {
  const broken = processes.read().filter(({ state }) => state === 'failed');
  const lines = broken.map(({ name, message, startedAt }) =>
    lineOf({
      at: startedAt ?? now().toISOString(),
      title: `${name} has stopped`,
      detail: message,
      source: 'process',
      link: { kind: 'settings', id: 'diagnostics', url: null },
    }),
  );
  return {
    subject: { title: 'Longhand', state: broken.length === 0 ? 'well' : 'a part has stopped', link: null },
    cause:
      broken.length === 0
        ? 'Nothing has gone wrong: no post, no recording and no part of Longhand has failed.'
        : `${broken.map(({ name }) => name).join(', ')} stopped and did not come back.`,
    wayOut: broken.length === 0 ? null : 'Start it again under Settings, Diagnostics.',
    timeline: inOrder(lines, () => true),
  };
}
