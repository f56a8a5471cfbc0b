import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError } from './setup-error.mjs';

const startTimeoutMs = 15_000;

/**
 * @typedef {object} VirtualDisplay
 * @property {string} display for example `:7`
 * @property {NodeJS.ProcessEnv} env what a program needs to show itself there
 * @property {() => void} stop
 */

/**
 * Starts an X server without a screen on a free display, that only we may use.
 *
 * @returns {Promise<VirtualDisplay>}
 */
export function startVirtualDisplay() {
  const folder = mkdtempSync(join(tmpdir(), 'longhand-display-'));
  const authority = join(folder, 'Xauthority');
  writeFileSync(authority, makeAuthority(), { mode: 0o600 });
  const screen = ['-screen', '0', '1440x900x24'];
  const child = spawn('Xvfb', ['-displayfd', '3', ...screen, '-nolisten', 'tcp', '-auth', authority], {
    // In its own group: Ctrl-C is for the app, which still needs its display while it ends.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const stop = () => {
    process.off('exit', stop);
    child.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', stop);

  return new Promise((resolve, reject) => {
    let stderr = '';
    const fail = (/** @type {string} */ why) => {
      clearTimeout(timer);
      stop();
      reject(new SetupError(`The virtual display did not start: ${why}\n${stderr.trim()}`));
    };
    const timer = setTimeout(() => fail(`no answer within ${startTimeoutMs / 1_000} s`), startTimeoutMs);
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code) => fail(`Xvfb ended with ${code}`));
    child.stderr?.on('data', (chunk) => (stderr = (stderr + chunk).slice(-2_000)));
    const numbers = /** @type {import('node:stream').Readable} */ (child.stdio[3]);
    let text = '';
    numbers.on('data', (chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      child.unref();
      /** @type {any} */ (child.stderr).unref?.();
      /** @type {any} */ (numbers).unref?.();
      const display = `:${text.trim()}`;
      resolve({ display, env: { DISPLAY: display, XAUTHORITY: authority, XDG_SESSION_TYPE: 'x11' }, stop });
    });
  });
}

/** An authority file with one random key that fits any display: what `xauth` would write. */
function makeAuthority() {
  const anyDisplay = 0xffff;
  const name = Buffer.from('MIT-MAGIC-COOKIE-1');
  const key = randomBytes(16);
  const fields = [Buffer.alloc(0), Buffer.alloc(0), name, key];
  const family = Buffer.alloc(2);
  family.writeUInt16BE(anyDisplay);
  const body = fields.flatMap((field) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(field.length);
    return [length, field];
  });
  return Buffer.concat([family, ...body]);
}
