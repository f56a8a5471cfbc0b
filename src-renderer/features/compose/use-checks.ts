import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CommandOutput } from '../../../src-shared/contract/registry.ts';
import type { PostCheck, PostFinding } from '../../../src-shared/domain/post-check.ts';
import { commandQuery } from '../../app/command-data.ts';
import { instantOf } from '../posts/when.ts';
import { isEmpty, toTargets, type Composition } from './composer-state.ts';
import { nameAccounts } from './name-accounts.ts';

export interface Checks {
  data: CommandOutput<'check-post'> | undefined;
  /** What stands against the words of an account, or against those for all (null); each said once. */
  findingsFor: (accountId: string | null) => readonly PostFinding[];
  /** What keeps it from being accepted, with the account's name; null where nothing does. */
  firstError: string | null;
  /** True while what is shown belongs to an earlier text. */
  isBehind: boolean;
}

const pauseMs = 350;

/** What the platforms say of a post, a moment after the last change. The counters beside the text do not wait for it. */
export function useChecks(composition: Composition, postId: string | undefined): Checks {
  const settled = useSettled(composition);
  const at = settled.when.kind === 'at' ? instantOf(settled.when) : null;
  const { data, isFetching } = useQuery({
    ...commandQuery('checkPost', {
      ...(postId === undefined ? {} : { postId }),
      content: settled.content,
      targets: toTargets(settled),
      dueAt: at?.instant ?? null,
    }),
    enabled: settled.accountIds.length > 0 && !isEmpty(settled),
    placeholderData: (previous) => previous,
  });
  const findingsFor = (accountId: string | null) => {
    const checks = (data?.checks ?? []).filter((check) =>
      accountId === null
        ? composition.variants[check.accountId] === undefined
        : check.accountId === accountId,
    );
    return nameAccounts(checks);
  };
  return {
    data,
    findingsFor,
    firstError: findFirstError(data?.checks ?? []),
    isBehind: isFetching || settled !== composition,
  };
}

function findFirstError(checks: readonly PostCheck[]): string | null {
  for (const { accountName, findings } of checks) {
    const error = findings.find(({ severity }) => severity === 'error');
    if (error !== undefined) return `${accountName}: ${error.message}`;
  }
  return null;
}

function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
