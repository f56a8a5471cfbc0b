import { toQuestionTerms } from '../../src-shared/domain/question-terms.ts';
import type { TurnContext } from './agent-types.ts';
import { toAssetLine, type AssetLine } from './think-step.ts';

const mostTerms = 6;
const perTerm = 50;
const mostShown = 20;

/**
 * Recordings that speak of what a question is about: those that hold most of its words first. A search for all words
 * together would find nothing, since nobody says a question in the words of its answer.
 */
export async function findRecordings(
  question: string,
  { options }: Pick<TurnContext, 'options'>,
): Promise<AssetLine[]> {
  const found = new Map<string, { line: AssetLine; count: number }>();
  for (const { word } of toQuestionTerms(question).slice(0, mostTerms)) {
    const result = await options.execute('search-library', {
      text: word,
      sort: 'relevance',
      limit: perTerm,
    });
    if (!result.ok) continue;
    for (const item of result.value.items) {
      const before = found.get(item.assetId);
      found.set(item.assetId, { line: before?.line ?? toAssetLine(item), count: (before?.count ?? 0) + 1 });
    }
  }
  const most = Math.max(0, ...[...found.values()].map(({ count }) => count));
  return [...found.values()]
    .filter(({ count }) => count === most)
    .slice(0, mostShown)
    .map(({ line }) => line);
}
