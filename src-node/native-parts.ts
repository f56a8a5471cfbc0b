import { accessSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import type { ErrorCode } from '../src-shared/domain/error-codes.ts';
import { AppError } from '../src-shared/domain/errors.ts';

interface NativePartEntry {
  /** The environment variable that overrides every other place. `none` there means: do as if it were missing. */
  variable: string;
  /** How a person would call it. */
  title: string;
  code: ErrorCode;
}

/** Everything that is not JavaScript and must be on the machine. The setup scripts know the same names. */
export const nativeParts = {
  node: { variable: 'LONGHAND_NODE', title: 'Node 24', code: 'dependency.missing' },
  electron: { variable: 'LONGHAND_ELECTRON', title: 'Electron', code: 'dependency.missing' },
  temporal: { variable: 'LONGHAND_TEMPORAL', title: 'the Temporal server', code: 'dependency.missing' },
  temporalTestServer: {
    variable: 'LONGHAND_TEMPORAL_TEST_SERVER',
    title: 'the time-skipping Temporal test server',
    code: 'dependency.missing',
  },
  ffmpeg: { variable: 'LONGHAND_FFMPEG', title: 'ffmpeg', code: 'dependency.missing' },
  ffprobe: { variable: 'LONGHAND_FFPROBE', title: 'ffprobe', code: 'dependency.missing' },
  ollama: { variable: 'LONGHAND_OLLAMA', title: 'Ollama', code: 'dependency.missing' },
  speechEngine: {
    variable: 'LONGHAND_SPEECH_ENGINE',
    title: 'the fast speech engine',
    code: 'dependency.missing',
  },
  whisperModel: {
    variable: 'LONGHAND_WHISPER_MODEL',
    title: 'the Whisper speech model',
    code: 'dependency.speech-model-missing',
  },
  testChatModel: {
    variable: 'LONGHAND_TEST_CHAT_MODEL',
    title: 'the small chat model for tests',
    code: 'dependency.chat-model-missing',
  },
  blueskyTestServer: {
    variable: 'LONGHAND_BLUESKY_TEST_SERVER',
    title: 'the Bluesky server for tests',
    code: 'dependency.missing',
  },
  mastodonTestServer: {
    variable: 'LONGHAND_MASTODON_TEST_SERVER',
    title: 'the Mastodon stand-in for tests',
    code: 'dependency.missing',
  },
} as const satisfies Record<string, NativePartEntry>;

export type NativePartName = keyof typeof nativeParts;

export interface NativePart {
  name: NativePartName;
  /** Absolute path of the executable, or of the model file or folder. */
  path: string;
  version: string;
  /** Where it came from: `environment`, `packaged`, or the route by which setup got it. */
  source: string;
}

const manifestSchema = z.object({
  name: z.string(),
  path: z.string().min(1),
  version: z.string(),
  source: z.string(),
});

/**
 * Finds a native part: environment variable, then what the installer shipped (`LONGHAND_RESOURCES/parts`), then what
 * setup noted in the cache. Returns undefined where there is none. A variable that points at nothing is not passed
 * over in silence: the part then counts as missing.
 */
export function resolveNativePart(
  name: NativePartName,
  env: NodeJS.ProcessEnv = process.env,
): NativePart | undefined {
  const packaged = (): NativePart | undefined =>
    env['LONGHAND_RESOURCES'] === undefined
      ? undefined
      : readManifest(name, join(env['LONGHAND_RESOURCES'], 'parts'), 'packaged');
  const cached = (): NativePart | undefined => readManifest(name, join(nativePartCacheFolder(env), 'parts'));

  const given = env[nativeParts[name].variable];
  if (given === undefined || given === '') return packaged() ?? cached();
  if (given === 'none' || !exists(given)) return undefined;
  const path = resolve(given);
  const known = [packaged(), cached()].find((part) => part?.path === path);
  return known ?? { name, path, version: 'unknown', source: 'environment' };
}

/**
 * As {@link resolveNativePart}, for callers that cannot go on without the part.
 *
 * @throws AppError `dependency.missing`, `dependency.speech-model-missing` or `dependency.chat-model-missing`
 */
export function requireNativePart(name: NativePartName, env: NodeJS.ProcessEnv = process.env): NativePart {
  const part = resolveNativePart(name, env);
  if (part !== undefined) return part;
  const { variable, title, code } = nativeParts[name];
  const given = env[variable];
  const whatHappened =
    given === undefined || given === ''
      ? `Longhand did not find ${title}.`
      : `Longhand did not find ${title}: ${variable} says "${given}".`;
  throw new AppError({
    code,
    userMessage: `${whatHappened} Your library is unchanged. Run \`npm run doctor\` to see what is missing, or start again to fetch it.`,
    retry: 'user',
    details: { part: name, variable, given: given ?? null },
  });
}

/** The folder that setup shares between checkouts: `$XDG_CACHE_HOME/longhand`, else `~/.cache/longhand`. */
export function nativePartCacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env['XDG_CACHE_HOME'];
  // The XDG specification has relative values ignored.
  return base !== undefined && isAbsolute(base)
    ? join(base, 'longhand')
    : join(env['HOME'] ?? homedir(), '.cache', 'longhand');
}

/** A manifest's path may be relative to the manifest's own folder, so that an installed app can live anywhere. */
function readManifest(name: NativePartName, folder: string, source?: string): NativePart | undefined {
  const file = join(folder, `${name}.json`);
  if (!exists(file)) return undefined;
  const parsed = manifestSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!parsed.success) return undefined;
  const path = resolve(dirname(file), parsed.data.path);
  if (!exists(path)) return undefined;
  return { name, path, version: parsed.data.version, source: source ?? parsed.data.source };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // A damaged manifest counts as none: setup writes it again.
  }
}

function exists(path: string): boolean {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
}
