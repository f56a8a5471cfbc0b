import { defineConfig } from '@playwright/test';

const minuteMs = 60_000;

/** Drives the real app, built, in real Electron; `npm test` provides a virtual display where there is none. */
export default defineConfig({
  testDir: 'tests/end-to-end',
  outputDir: 'test-results/end-to-end',
  // One at a time: each test starts the whole app with its services.
  workers: 1,
  fullyParallel: false,
  // Once: a second try would hide what a person meets at the first.
  retries: 0,
  // Limits only end what hangs. Everything waits for what it needs, on a busy computer many times as long as on an idle one.
  timeout: 12 * minuteMs,
  expect: { timeout: 3 * minuteMs },
  reporter: [['list'], ['./tests/end-to-end/report-failures.ts']],
});
