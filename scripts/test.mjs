#!/usr/bin/env node
// npm test: brings what the tests need and runs everything. npm test -- --only unit,lint runs some parts.
import { runEntryPoint } from './setup/setup-error.mjs';
import { chooseParts } from './testing/choose-parts.mjs';
import { runTestParts } from './testing/run-parts.mjs';
import { testParts } from './testing/test-parts.mjs';

await runEntryPoint(() =>
  runTestParts(
    chooseParts(
      process.argv.slice(2),
      testParts.map(({ name }) => name),
    ),
  ),
);
