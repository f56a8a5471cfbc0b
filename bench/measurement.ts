/** One table of a benchmark, as it is printed and kept in docs/benchmarks.md. */
export interface Measurement {
  title: string;
  /** What was done, on what, how often, and what the ratio compares. */
  method: string;
  columns: string[];
  rows: (string | number)[][];
}

/** A benchmark compares within one run, on this machine, so that its ratios mean something elsewhere. */
export interface Benchmark {
  name: string;
  measure: (log: (line: string) => void) => Promise<Measurement[]>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? upper) + upper) / 2 : upper;
}

/** The value below which `share` of the values lie, by nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function formatMeasurement({ title, method, columns, rows }: Measurement): string {
  const cells = [columns, ...rows.map((row) => row.map(String))];
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [`## ${title}`, '', method, '', line(columns), rule, ...cells.slice(1).map(line), ''].join('\n');
}
