import { appLanguage } from '../../../src-shared/domain/app-language.ts';
import type { PostCheck, PostFinding } from '../../../src-shared/domain/post-check.ts';

const listFormat = new Intl.ListFormat(appLanguage, { type: 'conjunction' });

/**
 * What stands against the same words on several accounts, each thing said once for each post of a thread: with the
 * names of those it holds for, or without any where it holds for all.
 */
export function nameAccounts(
  checks: readonly Pick<PostCheck, 'accountName' | 'findings'>[],
): readonly PostFinding[] {
  const found = new Map<string, { finding: PostFinding; names: string[] }>();
  for (const { accountName, findings } of checks) {
    for (const finding of findings) {
      const key = JSON.stringify([finding.rule, finding.severity, finding.partIndex, finding.message]);
      const entry = found.get(key) ?? { finding, names: [] };
      if (!entry.names.includes(accountName)) entry.names.push(accountName);
      found.set(key, entry);
    }
  }
  return [...found.values()].map(({ finding, names }) =>
    names.length === checks.length
      ? finding
      : { ...finding, message: `${listFormat.format(names)}: ${finding.message}` },
  );
}
