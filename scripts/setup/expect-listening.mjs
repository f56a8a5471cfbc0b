import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SetupError } from './setup-error.mjs';

const deadlineMs = 30_000;

/**
 * Starts a server on a free loopback port, waits until it accepts a connection, and ends it.
 *
 * @param {string} command
 * @param {(port: number) => string[]} argsFor
 * @throws {SetupError} when it ends by itself or does not listen in time
 */
export async function expectListening(command, argsFor) {
  const port = await findFreePort();
  const child = spawn(command, argsFor(port), { stdio: ['ignore', 'ignore', 'pipe'] });
  /** @type {string | undefined} */
  let ended;
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr = (stderr + chunk).slice(-2_000)));
  const exited = new Promise((resolve) => {
    child.on('error', (error) => resolve((ended = error.message)));
    child.on('exit', (code, signal) =>
      resolve((ended = `it ended with ${signal ?? code}: ${stderr.trim()}`)),
    );
  });
  try {
    const deadline = Date.now() + deadlineMs;
    while (ended === undefined && Date.now() < deadline) {
      if (await accepts(port)) return;
      await delay(50);
    }
    throw new SetupError(ended ?? `it did not listen within ${deadlineMs / 1_000} s`);
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
}

/**
 * @param {number} port
 * @param {string} [host]
 * @returns {Promise<boolean>}
 */
export function accepts(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const finish = (/** @type {boolean} */ answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(500, () => finish(false));
    socket.on('connect', () => finish(true)).on('error', () => finish(false));
  });
}

/** @returns {Promise<number>} */
function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(address.port));
    });
  });
}
