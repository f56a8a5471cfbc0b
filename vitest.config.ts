import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** These start servers and engines of their own, and wait for them much of the time: three keep two cores busy. */
const heavyWorkers = 3;

const minuteMs = 60_000;

/** Begun before all others, so that in the end none of them is waited for alone. */
const longest = [
  ...['publishing-kill', 'worker-kill', 'publishing-soak', 'publishing-sleep', 'supervisor', 'deletion-kill'],
  ...['assistant-injection-platforms', 'speech-engine', 'cli', 'publishing', 'publishing-same-minute'],
].map((name) => `/${name}.test.ts`);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const at = longest.findIndex((end) => moduleId.endsWith(end));
  return at < 0 ? longest.length : at;
}

/** Limits only end what hangs: no test may fail because the computer is busy with other things. */
const projects = [
  { name: 'unit', include: ['src-*/**/*.test.ts'], timeoutMs: 5 * minuteMs },
  { name: 'integration', include: ['tests/integration/**/*.test.ts'], timeoutMs: 10 * minuteMs },
  { name: 'replay', include: ['tests/replay/**/*.test.ts'], timeoutMs: 10 * minuteMs },
  { name: 'faults', include: ['tests/faults/**/*.test.ts'], timeoutMs: 20 * minuteMs },
] as const;

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: projects.map(({ name, include, timeoutMs }) => ({
      test: {
        name,
        include: [...include],
        environment: 'node',
        pool: 'forks',
        maxWorkers: name === 'unit' ? availableParallelism() : heavyWorkers,
        retry: 0,
        testTimeout: timeoutMs,
        hookTimeout: timeoutMs,
        expect: { poll: { timeout: timeoutMs } },
      },
    })),
  },
});
