import type { AppErrorDto, Result } from '../../src-shared/domain/errors.ts';

export interface IngestAttempt {
  path: string;
  result: Result<{ entityId: string }>;
}

export interface IngestOutcome {
  addedCount: number;
  failures: { name: string; error: AppErrorDto }[];
}

/** The last part of a path of any system. */
export function fileNameOf(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}

export function summariseAttempts(attempts: readonly IngestAttempt[]): IngestOutcome {
  const failures = attempts.flatMap(({ path, result }) =>
    result.ok ? [] : [{ name: fileNameOf(path), error: result.error }],
  );
  return { addedCount: attempts.length - failures.length, failures };
}

/** Runs `task` for each item, at most `limit` at once; results come in the order of the items. */
export async function mapAtMost<Item, Output>(
  items: readonly Item[],
  limit: number,
  task: (item: Item) => Promise<Output>,
): Promise<Output[]> {
  const outputs: Output[] = [];
  const remaining = items.entries();
  const runLane = async () => {
    for (const [index, item] of remaining) outputs[index] = await task(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, runLane));
  return outputs;
}
