import { createHash, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { AppError } from '../src-shared/domain/errors.ts';

/** Where everything of one library lives. All paths are absolute. */
export interface DataFolder {
  readonly root: string;
  /** Our own SQLite database: the record of everything. */
  readonly databaseFile: string;
  readonly backupsFolder: string;
  /** The Temporal server's own database: a cache that can be made again from ours. */
  readonly temporalFolder: string;
  /** Copies of originals, thumbnails and waveforms. */
  readonly mediaFolder: string;
  readonly modelsFolder: string;
  readonly logsFolder: string;
  /** Lock, process records and the local socket: worthless once nothing runs. */
  readonly runFolder: string;
  readonly electronFolder: string;
  /** Unfinished files; may be emptied when nothing runs. */
  readonly scratchFolder: string;
  readonly screenshotsFolder: string;
  /** The door of the api process: a unix socket, or a named pipe on Windows. */
  readonly apiSocket: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A unix socket's path must fit into `sockaddr_un`: 104 bytes on macOS, 108 on Linux, with the closing zero. */
const maxSocketPathBytes = 100;

/** More than one block, so that a disk with no space left is found out at the start. */
const writeProbeBytes = 16_384;

/** The data folder that `LONGHAND_HOME` names, else the platform's usual place. Always absolute. */
export function resolveDataFolder(
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  const chosen = env['LONGHAND_HOME'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Longhand');
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Longhand');
  const dataHome = env['XDG_DATA_HOME'];
  // The XDG specification says that a relative path here must be ignored.
  const base = dataHome !== undefined && isAbsolute(dataHome) ? dataHome : join(home, '.local', 'share');
  return join(base, 'longhand');
}

/** The layout of a data folder. Touches no disk: a client that only wants the socket may use it. */
export function describeDataFolder(root: string, platform: NodeJS.Platform = process.platform): DataFolder {
  const absolute = resolve(root);
  const runFolder = join(absolute, 'run');
  return {
    root: absolute,
    databaseFile: join(absolute, 'longhand.db'),
    backupsFolder: join(absolute, 'backups'),
    temporalFolder: join(absolute, 'temporal'),
    mediaFolder: join(absolute, 'media'),
    modelsFolder: join(absolute, 'models'),
    logsFolder: join(absolute, 'logs'),
    runFolder,
    electronFolder: join(absolute, 'electron'),
    scratchFolder: join(absolute, 'scratch'),
    screenshotsFolder: join(absolute, 'screenshots'),
    apiSocket: chooseSocketPath(absolute, runFolder, platform),
  };
}

/**
 * Makes the folders of a data folder, readable by their owner only, and proves that they can be written.
 * Synchronous and short (well under 5 ms on a local disk): it runs once, before anything else can.
 * @throws AppError `storage.read-only`, `storage.disk-full` or `input.not-a-folder`
 */
export function openDataFolder(root: string): DataFolder {
  const folder = describeDataFolder(root);
  try {
    const folders = [
      folder.root,
      folder.backupsFolder,
      folder.temporalFolder,
      folder.mediaFolder,
      folder.modelsFolder,
      folder.logsFolder,
      folder.runFolder,
      folder.electronFolder,
      folder.scratchFolder,
      folder.screenshotsFolder,
    ];
    for (const path of folders) mkdirSync(path, { recursive: true, mode: 0o700 });
    if (process.platform !== 'win32') makeSocketFolder(folder);
    proveWritable(folder.runFolder);
  } catch (error) {
    throw toDataFolderError(error, folder.root);
  }
  return folder;
}

/**
 * Turns a file-system error met while writing under `path` into an AppError that says what to do; gives anything
 * else back unchanged, for the caller to throw.
 */
export function toDataFolderError(error: unknown, path: string): unknown {
  const code = readErrorCode(error) ?? 'unknown';
  switch (code) {
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new AppError({
        code: 'storage.read-only',
        userMessage: `Longhand may not write to its data folder ${path}. Nothing in it was changed. Give your user account write access to that folder, or choose another one with LONGHAND_HOME, and start again.`,
        retry: 'user',
        details: { path, code },
        cause: error,
      });
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError({
        code: 'storage.disk-full',
        userMessage: `The disk that holds ${path} is full. Everything saved so far is kept. Free some space and start again.`,
        retry: 'user',
        details: { path, code },
        cause: error,
      });
    case 'ENOTDIR':
    case 'EEXIST':
      return new AppError({
        code: 'input.not-a-folder',
        userMessage: `${path} cannot be the data folder, because it, or a folder above it, is a file. The file was not changed. Choose another folder with LONGHAND_HOME.`,
        retry: 'user',
        details: { path, code },
        cause: error,
      });
    default:
      return error;
  }
}

/** The `code` of a Node system error, such as `ENOENT`. */
export function readErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function chooseSocketPath(root: string, runFolder: string, platform: NodeJS.Platform): string {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  if (platform === 'win32') return `\\\\.\\pipe\\longhand-${name}`;
  const inside = join(runFolder, 'api.sock');
  if (Buffer.byteLength(inside) <= maxSocketPathBytes) return inside;
  // The user id keeps two people's libraries apart, since the folder for temporary files is shared.
  return join(tmpdir(), `longhand-${process.getuid?.() ?? 0}`, `${name}.sock`);
}

function makeSocketFolder(folder: DataFolder): void {
  const socketFolder = dirname(folder.apiSocket);
  if (socketFolder === folder.runFolder) return;
  mkdirSync(socketFolder, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(socketFolder);
  // Someone else could have made it first in the shared folder, to listen in our place.
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) {
    throw new AppError({
      code: 'storage.read-only',
      userMessage: `${socketFolder} belongs to another user or can be read by others, so Longhand will not use it. Remove that folder, or choose a shorter data folder with LONGHAND_HOME.`,
      retry: 'user',
      details: { path: socketFolder },
    });
  }
}

function proveWritable(folder: string): void {
  const path = join(folder, `write-probe-${process.pid}-${randomUUID()}`);
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeSync(descriptor, Buffer.alloc(writeProbeBytes));
    // Some file systems find out only here that there is no room.
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
    unlinkSync(path);
  }
}
