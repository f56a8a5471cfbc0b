import { createAdaptorServer } from '@hono/node-server';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Context } from 'hono';
import { toDataFolderError, type DataFolder } from '../../src-node/data-folder.ts';
import type { Logger } from '../../src-node/logger.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { HttpDoorState } from '../../src-shared/domain/http-door.ts';
import type { Authenticate } from '../boundary/authenticate.ts';
import type { Boundary } from '../boundary/execute.ts';
import type { Credentials } from '../boundary/principal.ts';
import { createHttpApp } from './app.ts';
import { createLoopbackGuard } from './loopback-guard.ts';

export interface LoopbackDoor {
  readState: () => HttpDoorState;
  /** Opens or closes the door; does nothing where it is so already. @throws AppError `storage.*` */
  setOpen: (isOpen: boolean) => Promise<void>;
  close: () => Promise<void>;
}

export interface LoopbackDoorOptions {
  boundary: Boundary;
  authenticate: Authenticate;
  appVersion: string;
  dataFolder: Pick<DataFolder, 'root' | 'runFolder'>;
  /** The built command line. */
  commandLineProgram: string;
  logger: Logger;
}

/** A command with a whole campaign in it fits; a file does not belong here. */
const maxBodyBytes = 1024 * 1024;
const bearerPrefix = 'Bearer ';

/**
 * The door for other programs on this computer: HTTP on a free port of the loopback interface, with a bearer token. Its
 * address stands in `run/http-door.json`, which only the owner of the data folder can read.
 */
export function createLoopbackDoor(options: LoopbackDoorOptions): LoopbackDoor {
  const { boundary, authenticate, appVersion, dataFolder, commandLineProgram, logger } = options;
  const addressFile = join(dataFolder.runFolder, 'http-door.json');
  let port: number | undefined;
  let closeServer: (() => void) | undefined;
  let changing: Promise<void> = Promise.resolve();

  async function open(): Promise<void> {
    if (port !== undefined) return;
    const app = createHttpApp({
      boundary,
      authenticate,
      door: 'http',
      readCredentials: readToken,
      appVersion,
      maxBodyBytes,
      guard: createLoopbackGuard(() => port ?? 0),
    });
    const server = createAdaptorServer({ fetch: app.fetch });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
    closeServer = () => {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    };
    try {
      const { url, mcpUrl, openApiUrl } = readState();
      const text = `${JSON.stringify({ url, mcpUrl, openApiUrl }, null, 2)}\n`;
      await writeFileAtomic(addressFile, text, { mode: 0o600 });
    } catch (thrown) {
      await shut();
      throw toDataFolderError(thrown, addressFile);
    }
    logger.info({ port }, 'the door for other programs is open');
  }

  async function shut(): Promise<void> {
    closeServer?.();
    closeServer = undefined;
    port = undefined;
    await rm(addressFile, { force: true });
  }

  function readState(): HttpDoorState {
    const url = port === undefined ? null : `http://127.0.0.1:${port}`;
    return {
      isOpen: url !== null,
      url,
      mcpUrl: url === null ? null : `${url}/mcp`,
      openApiUrl: url === null ? null : `${url}/openapi.json`,
      addressFile,
      // Agents are started without a shell and in a folder of their own: nothing may depend on either.
      agentCommand: {
        command: process.execPath,
        args: [commandLineProgram, 'mcp'],
        env: { LONGHAND_HOME: dataFolder.root },
      },
    };
  }

  /** One after the other: two wishes at once must not open two. */
  function change(work: () => Promise<void>): Promise<void> {
    const next = changing.then(work);
    changing = next.catch(() => undefined);
    return next;
  }

  return {
    readState,
    setOpen: (isOpen) => change(isOpen ? open : shut),
    close: () => change(shut),
  };
}

/** @throws AppError `input.not-allowed` where there is no token */
function readToken(context: Context): Credentials {
  const authorization = context.req.header('authorization') ?? '';
  if (authorization.startsWith(bearerPrefix)) {
    return { kind: 'token', token: authorization.slice(bearerPrefix.length) };
  }
  throw new AppError({
    code: 'input.not-allowed',
    userMessage:
      'This request carries no token. Nothing was changed. Make a token in Longhand under Settings, API access, and send it as “Authorization: Bearer …”.',
    retry: 'never',
  });
}
