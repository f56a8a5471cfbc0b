import { armedPosts } from './armed-posts.ts';
import { boundary } from './boundary.ts';
import { doors } from './doors.ts';
import { chat } from './chat.ts';
import type { Benchmark } from './measurement.ts';
import { formatMeasurement } from './measurement.ts';
import { resume } from './resume.ts';
import { scroll } from './scroll.ts';
import { transcription } from './transcription.ts';
import { windowStart } from './window-start.ts';

const benchmarks: Benchmark[] = [
  boundary,
  doors,
  armedPosts,
  windowStart,
  scroll,
  resume,
  transcription,
  chat,
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}. There are: ${benchmarks.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

const tables: string[] = [];
for (const benchmark of benchmarks) {
  if (wanted.length > 0 && !wanted.includes(benchmark.name)) continue;
  console.error(`${benchmark.name} …`);
  const measurements = await benchmark.measure((line) => console.error(`  ${line}`));
  tables.push(...measurements.map(formatMeasurement));
}
console.log(tables.join('\n'));
