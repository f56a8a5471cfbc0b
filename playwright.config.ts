import { defineConfig } from '@playwright/test';

/** Drives the real app, built, in real Electron; `npm test` provides a virtual display where there is none. */
export default defineConfig({
  testDir: 'tests/end-to-end',
  outputDir: 'test-results/end-to-end',
  // One at a time: each test starts the whole app with its services.
  workers: 1,
  fullyParallel: false,
  timeout: 360_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
});
