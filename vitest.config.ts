import { defineConfig } from 'vitest/config';

/** Files of these start servers and engines of their own: more at a time than cores would only wait for each other. */
const heavyWorkers = 2;

const minuteMs = 60_000;

/** Limits only end what hangs: no test may fail because the computer is busy with other things. */
const projects = [
  { name: 'unit', include: ['src-*/**/*.test.ts'], timeoutMs: 5 * minuteMs },
  { name: 'integration', include: ['tests/integration/**/*.test.ts'], timeoutMs: 10 * minuteMs },
  { name: 'replay', include: ['tests/replay/**/*.test.ts'], timeoutMs: 10 * minuteMs },
  { name: 'faults', include: ['tests/faults/**/*.test.ts'], timeoutMs: 20 * minuteMs },
] as const;

export default defineConfig({
  test: {
    projects: projects.map(({ name, include, timeoutMs }) => ({
      test: {
        name,
        include: [...include],
        environment: 'node',
        pool: 'forks',
        ...(name === 'unit' ? {} : { maxWorkers: heavyWorkers }),
        retry: 0,
        testTimeout: timeoutMs,
        hookTimeout: timeoutMs,
        expect: { poll: { timeout: timeoutMs } },
      },
    })),
  },
});
