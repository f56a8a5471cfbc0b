import { defineConfig } from 'vitest/config';

/** Files of these start servers and engines of their own: more at a time than cores would only wait for each other. */
const heavyWorkers = 2;

const projects = [
  { name: 'unit', include: ['src-*/**/*.test.ts'], timeoutMs: 20_000 },
  { name: 'integration', include: ['tests/integration/**/*.test.ts'], timeoutMs: 180_000 },
  { name: 'replay', include: ['tests/replay/**/*.test.ts'], timeoutMs: 120_000 },
  { name: 'faults', include: ['tests/faults/**/*.test.ts'], timeoutMs: 300_000 },
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
        testTimeout: timeoutMs,
        hookTimeout: timeoutMs,
      },
    })),
  },
});
