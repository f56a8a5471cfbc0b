import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';

/** The setup scripts are plain JavaScript without type declarations; these are the shapes that tests use. */
export interface Part {
  name: string;
  title: string;
  variable: string;
  pin: string;
  isRequired: boolean;
  routes: { source: string; install: (work: { staging: string }) => Promise<object> }[];
  verify: (path: string) => Promise<string>;
  mend: string;
}

interface SetupModules {
  downloadFile: (options: { url: string; file: string; sha256?: string }) => Promise<void>;
  ensurePart: (part: Part, options: object) => Promise<{ path: string; version: string; source: string }>;
  findPart: (part: Part, env: NodeJS.ProcessEnv) => { path: string; source: string } | undefined;
  unzip: (file: string, folder: string) => Promise<void>;
  allParts: Part[];
}

export const projectFolder = join(import.meta.dirname, '..', '..', '..');

export const setupUrl = (name: string): string =>
  pathToFileURL(join(projectFolder, 'scripts', 'setup', name)).href;

export async function loadSetup(name: string): Promise<SetupModules> {
  return (await import(setupUrl(name))) as SetupModules;
}

export const sha256Of = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** A folder with an empty cache, and the processes that a test starts; `end` removes all of it. */
export class Sandbox {
  readonly folder = mkdtempSync(join(tmpdir(), 'longhand-setup-'));
  readonly env: NodeJS.ProcessEnv = { ...process.env, XDG_CACHE_HOME: join(this.folder, 'cache') };
  readonly #children = new Set<ChildProcess>();

  constructor() {
    delete this.env['LONGHAND_FFMPEG'];
    delete this.env['LONGHAND_RESOURCES'];
  }

  /** Runs a piece of JavaScript in a process of its own. */
  run(source: string): ChildProcess {
    const child = spawn(process.execPath, ['--input-type=module', '-e', source], { env: this.env });
    this.#children.add(child);
    return child;
  }

  end(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function waitUntil(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { interval: 20 }).toBe(true);
}
