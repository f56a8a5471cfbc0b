#!/usr/bin/env node
// npm run check: the fast subset of npm test.
import { runEntryPoint } from './setup/setup-error.mjs';
import { chooseParts } from './testing/choose-parts.mjs';
import { runTestParts } from './testing/run-parts.mjs';
import { checkPartNames } from './testing/test-parts.mjs';

await runEntryPoint(() => runTestParts(chooseParts(process.argv.slice(2), checkPartNames)));
