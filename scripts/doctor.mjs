#!/usr/bin/env node
// npm run doctor: what every native part is, where it came from, whether it works, and how to mend it. --json for programs.
import { existsSync } from 'node:fs';
import { isUserOllamaRunning, ollamaLogFile, readOllamaProgress } from './setup/background.mjs';
import { findPart } from './setup/install-part.mjs';
import { lockOwnerPid } from './setup/lock.mjs';
import { readJson } from './setup/manifest.mjs';
import { areNodeModulesCurrent } from './setup/node-modules.mjs';
import { allParts } from './setup/parts.mjs';
import { cacheFolder } from './setup/places.mjs';
import { hasDisplay } from './setup/prepare.mjs';
import { createProgress } from './setup/progress.mjs';
import { describeFailure, runEntryPoint } from './setup/setup-error.mjs';
import {
  describeNeeds,
  electronNeeds,
  findMissing,
  threadingNeed,
  virtualDisplayNeed,
} from './setup/system-packages.mjs';
import { join } from 'node:path';

/**
 * @typedef {object} Finding
 * @property {string} name
 * @property {string} title
 * @property {'works' | 'missing' | 'broken' | 'on its way'} state
 * @property {boolean} isRequired
 * @property {string | null} version
 * @property {string | null} source
 * @property {string | null} path
 * @property {string} detail what it said when it was run, or why it does not work
 * @property {string | null} mend
 */

/** @param {import('./setup/install-part.mjs').Part} part */
async function examine(part) {
  /** @type {Finding} */
  const finding = {
    name: part.name,
    title: part.title,
    state: 'missing',
    isRequired: part.isRequired,
    version: null,
    source: null,
    path: null,
    detail: 'not on this machine',
    mend: part.mend,
  };
  try {
    const found = findPart(part);
    if (!found)
      return part.name === 'ollama' ? await examineMissingOllama(finding) : describeMissing(finding);
    const { version, source, path } = found;
    Object.assign(finding, { version, source, path });
    Object.assign(finding, { state: 'works', detail: await part.verify(path), mend: null });
  } catch (thrown) {
    Object.assign(finding, { state: 'broken', detail: describeFailure(thrown) });
  }
  return finding;
}

/** @param {Finding} finding */
function describeMissing(finding) {
  const failure =
    finding.name === 'speechEngine' && readJson(join(cacheFolder(), 'speech-engine-failed.json'));
  if (failure) finding.detail = `could not be compiled on ${failure.at}: ${describeFailure(failure.message)}`;
  return finding;
}

/** @param {Finding} finding */
async function examineMissingOllama(finding) {
  if (lockOwnerPid(join(cacheFolder(), 'locks', 'ollama')) !== undefined) {
    const message = readOllamaProgress()?.message ?? 'just started';
    Object.assign(finding, {
      state: 'on its way',
      detail: `${message} (log: ${ollamaLogFile()})`,
      mend: null,
    });
  } else if (await isUserOllamaRunning())
    Object.assign(finding, {
      state: 'works',
      source: 'yours, running',
      detail: 'it answers; Longhand uses it',
      mend: null,
    });
  else {
    const last = readOllamaProgress();
    if (last?.state === 'failed') finding.detail = last.message;
  }
  return finding;
}

/** @returns {Promise<Finding>} */
async function examineSystem() {
  const needs = [...electronNeeds, threadingNeed, ...(hasDisplay() ? [] : [virtualDisplayNeed])];
  const missing = await findMissing(needs);
  const packages = missing.map((need) => need.package).join(' ');
  return {
    name: 'system',
    title: 'System libraries',
    state: missing.length === 0 ? 'works' : 'missing',
    isRequired: true,
    version: null,
    source: 'operating system',
    path: null,
    detail: missing.length === 0 ? `all ${needs.length} are there` : `missing: ${describeNeeds(missing)}`,
    mend: missing.length === 0 ? null : `sudo apt-get install --no-install-recommends ${packages}`,
  };
}

/** @returns {Finding} */
function examineNodeModules() {
  const isCurrent = areNodeModulesCurrent();
  return {
    name: 'npmPackages',
    title: 'npm packages',
    state: isCurrent ? 'works' : existsSync('node_modules') ? 'broken' : 'missing',
    isRequired: true,
    version: null,
    source: 'npm',
    path: null,
    detail: isCurrent ? 'as package-lock.json says' : 'not as package-lock.json says',
    mend: isCurrent ? null : 'npm run setup',
  };
}

/** @param {readonly Finding[]} findings */
function printTable(findings) {
  const rows = findings.map(({ title, state, isRequired, version, source }) => {
    const sign = state === 'works' ? '✓' : isRequired ? '✗' : '–';
    return [`${sign} ${title}`, version ?? '', state, source ?? ''];
  });
  const header = ['  Part', 'Version', 'State', 'From'];
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => (row[column] ?? '').length)),
  );
  for (const row of [header, ...rows])
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  process.stdout.write('\n');
  for (const { title, state, detail, mend, path } of findings) {
    process.stdout.write(`${title}: ${detail}${path ? `\n    ${path}` : ''}\n`);
    if (state !== 'works' && mend) process.stdout.write(`    Mend: ${mend}\n`);
  }
}

await runEntryPoint(async () => {
  const isJson = process.argv.includes('--json');
  const progress = createProgress({ isQuiet: isJson });
  const step = progress.start('Examining', allParts.length);
  /** @type {Finding[]} */
  const findings = [examineNodeModules(), await examineSystem()];
  for (const [index, part] of allParts.entries()) {
    step.note(part.title);
    findings.push(await examine(part));
    step.update(index + 1);
  }
  step.finish('Examined');
  if (isJson) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  else printTable(findings);
  const isHealthy = findings.every(({ state, isRequired }) => state === 'works' || !isRequired);
  if (!isJson)
    process.stdout.write(
      isHealthy ? '\nEverything that Longhand needs works.\n' : '\nSomething is missing: see Mend above.\n',
    );
  return isHealthy ? 0 : 1;
});
