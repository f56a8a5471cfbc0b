import type { CreditUnit, LedgerEntry } from '../../../src-shared/domain/access.ts';

export const unitNouns: Record<CreditUnit, string> = {
  posts: 'post',
  'model-minutes': 'model minute',
  'rendering-minutes': 'rendering minute',
};

export const unitTitles: Record<CreditUnit, string> = {
  posts: 'Posts',
  'model-minutes': 'Minutes of the local model',
  'rendering-minutes': 'Minutes of rendering',
};

export const operationTitles: Record<LedgerEntry['operation'], string> = {
  reserve: 'Set aside',
  settle: 'Spent',
  release: 'Given back',
};
