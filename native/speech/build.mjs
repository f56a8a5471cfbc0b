#!/usr/bin/env node
// Builds the speech engine: fetches CTranslate2 (library and headers), compiles ./source against it, and lays out a
// folder that works wherever it is put.
//   node native/speech/build.mjs --output FOLDER
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findOnPath } from '../../scripts/setup/places.mjs';
import { runCommand } from '../../scripts/setup/run-command.mjs';
import { unzip } from '../../scripts/setup/unzip.mjs';

const sourceFolder = join(dirname(fileURLToPath(import.meta.url)), 'source');
const programName = 'longhand-speech';
const ctranslate2Version = '4.8.4';

/** The library comes from the Python package; only where it was tried. Elsewhere the portable engine is used. */
const wheels = {
  'linux-x64': {
    // Any Python will do: only the library inside is used, and one fixed file can be checked by its hash.
    tags: [
      '--python-version',
      '3.11',
      '--implementation',
      'cp',
      '--abi',
      'cp311',
      '--platform',
      'manylinux_2_28_x86_64',
    ],
    sha256: '1037b3f51d18f1546120686670d71fcdaf85a0500fffccc56d8439ded5d284e5',
  },
};

/** The package has no headers. A Rust package that bundles the same version of the sources has. */
const headers = {
  crate: 'ct2rs',
  version: '0.10.3',
  folder: join('CTranslate2', 'include'),
  sha256: '857e3299e53178b1af02859bb53da319cf7ef505b72369b2163bc53696809af5',
};

async function main() {
  const outputFlag = process.argv.indexOf('--output');
  const given = process.argv[outputFlag + 1];
  if (outputFlag < 0 || given === undefined) fail('usage: node native/speech/build.mjs --output FOLDER');
  const output = resolve(given);
  const platform = `${process.platform}-${process.arch}`;
  const wheel = wheels[platform];
  if (wheel === undefined)
    fail(`the fast speech engine was not tried on ${platform}; the portable one is used`);
  for (const tool of ['g++', 'cargo', 'python3']) {
    if (findOnPath(tool) === undefined) fail(`${tool} is needed to build the fast speech engine`);
  }

  mkdirSync(output, { recursive: true });
  const work = mkdtempSync(join(output, 'building-'));
  try {
    const libraries = await fetchLibraries(work, wheel);
    const include = await fetchHeaders(work);
    const staged = join(work, 'staged');
    cpSync(libraries, join(staged, 'lib'), { recursive: true });
    await compile({ work, include, libraryFolder: join(staged, 'lib'), program: join(staged, programName) });
    say('Trying it');
    const { stdout } = await runCommand(join(staged, programName), ['--version'], { timeoutMs: 30_000 });
    if (stdout.trim() !== ctranslate2Version) fail(`the program says it is "${stdout.trim()}"`);
    writeManifest(staged, platform);
    for (const name of readdirSync(staged)) {
      rmSync(join(output, name), { recursive: true, force: true });
      renameSync(join(staged, name), join(output, name));
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  say(`Ready: ${join(output, programName)}`);
}

/** @returns the folder with libctranslate2 and the OpenMP runtime it was built with */
async function fetchLibraries(work, wheel) {
  say(`Fetching CTranslate2 ${ctranslate2Version} (Python package, 42 MB)`);
  const downloads = join(work, 'wheel');
  const options = [
    '--quiet',
    '--no-deps',
    '--disable-pip-version-check',
    '--only-binary',
    ':all:',
    ...wheel.tags,
  ];
  const specification = `ctranslate2==${ctranslate2Version}`;
  await runCommand('python3', ['-m', 'pip', 'download', ...options, '--dest', downloads, specification]);
  const [file] = readdirSync(downloads);
  if (file === undefined) fail('pip downloaded nothing');
  const path = join(downloads, file);
  const actual = createHash('sha256').update(readFileSync(path)).digest('hex');
  if (actual !== wheel.sha256) fail(`${file} has SHA-256 ${actual}, but ${wheel.sha256} was expected`);
  const libraries = join(work, 'libraries');
  await unzip(path, libraries, {
    rename: (name) => (name.startsWith('ctranslate2.libs/') ? basename(name) : undefined),
  });
  return libraries;
}

/** @returns the include folder. cargo has no plain download: a package that depends on the crate has it unpacked. */
async function fetchHeaders(work) {
  say(`Fetching the headers (Rust package ${headers.crate} ${headers.version}, 20 MB)`);
  const folder = join(work, 'headers');
  mkdirSync(folder);
  const manifest = `[package]
name = "headers"
version = "0.0.0"
edition = "2021"
[lib]
path = "lib.rs"
[dependencies]
${headers.crate} = { version = "=${headers.version}", default-features = false }
`;
  writeFileSync(join(folder, 'Cargo.toml'), manifest);
  writeFileSync(join(folder, 'lib.rs'), '');
  await runCommand('cargo', ['vendor', '--quiet', '--versioned-dirs', 'vendor'], { cwd: folder });
  const include = join(folder, 'vendor', `${headers.crate}-${headers.version}`, headers.folder);
  const actual = hashTree(include);
  if (actual !== headers.sha256)
    fail(`the headers have SHA-256 ${actual}, but ${headers.sha256} was expected`);
  return include;
}

/** @param folder every file counts, by its path and content */
function hashTree(folder) {
  const hash = createHash('sha256');
  const visit = (path, name) => {
    const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) visit(inner, `${name}${entry.name}/`);
      else
        hash
          .update(`${name}${entry.name}\n`)
          .update(createHash('sha256').update(readFileSync(inner)).digest());
    }
  };
  visit(folder, '');
  return hash.digest('hex');
}

async function compile({ work, include, libraryFolder, program }) {
  const sources = readdirSync(sourceFolder).filter((name) => name.endsWith('.cpp'));
  const library = readdirSync(libraryFolder).find((name) => name.startsWith('libctranslate2'));
  const openMp = readdirSync(libraryFolder).find((name) => name.startsWith('libgomp'));
  if (library === undefined || openMp === undefined)
    fail('the Python package lacks libctranslate2 or libgomp');
  // No -march: the program runs on every 64-bit processor. CTranslate2 chooses its own code at run time, and
  // log_mel.cpp does so too.
  const flags = ['-std=c++17', '-O3', '-DNDEBUG', '-Wall', '-Wextra', '-fopenmp', '-isystem', include];
  const version = `-DLONGHAND_CTRANSLATE2_VERSION="${ctranslate2Version}"`;

  const waiting = [...sources];
  let done = 0;
  const compileNext = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      await runCommand('g++', [
        ...flags,
        version,
        '-c',
        join(sourceFolder, name),
        '-o',
        join(work, `${name}.o`),
      ]);
      done += 1;
      say(`Compiled ${name} (${done} of ${sources.length})`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(sources.length, availableParallelism()) }, compileNext));

  const objects = sources.map((name) => join(work, `${name}.o`));
  await runCommand('g++', [
    ...objects,
    ...['-o', program, join(libraryFolder, library), join(libraryFolder, openMp), '-pthread', '-ldl', '-s'],
    // One OpenMP for both: the library's own. The libraries are found next to the program, wherever they are put.
    ...['-Wl,-rpath,$ORIGIN/lib', '-Wl,--allow-shlib-undefined'],
  ]);
}

function writeManifest(folder, platform) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const manifest = {
    program: programName,
    platform,
    ctranslate2: ctranslate2Version,
    files: Object.fromEntries(
      files.map((path) => [
        path.slice(folder.length + 1),
        createHash('sha256').update(readFileSync(path)).digest('hex'),
      ]),
    ),
  };
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(reason) {
  throw new Error(reason);
}

main().catch((error) => {
  process.stderr.write(`The fast speech engine was not built: ${error.message}\n`);
  process.exitCode = 1;
});
