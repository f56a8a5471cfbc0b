import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { SetupError } from './setup-error.mjs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

// What we started ends with us: an interrupted setup leaves no pip or npm behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM');
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    // An entry point with a child of its own (start, dev) handles signals itself.
    if (process.listenerCount(signal) === 1) process.exit(signal === 'SIGINT' ? 130 : 143);
  });
}

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeoutMs]
 * @property {(pid: number) => void} [onSpawn]
 * @property {(line: string) => void} [onLine] called for each line of stdout and stderr
 */

/**
 * Runs a program to its end and returns what it printed. Arguments are an array: no shell sees them.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<{ stdout: string, stderr: string }>}
 * @throws {SetupError} with the last lines of its output when it fails or takes too long
 */
export function runCommand(command, args, { cwd, env = process.env, timeoutMs, onSpawn, onLine } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    if (child.pid !== undefined) onSpawn?.(child.pid);
    const output = { stdout: '', stderr: '' };
    for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
      let rest = '';
      child[name].setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
        output[name] = (output[name] + chunk).slice(-1_000_000);
        if (!onLine) return;
        const lines = (rest + chunk).split(/[\r\n]+/);
        rest = lines.pop() ?? '';
        for (const line of lines) if (line) onLine(line);
      });
    }
    let hasTimedOut = false;
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            hasTimedOut = true;
            child.kill('SIGKILL');
          }, timeoutMs);
    child.on('error', (cause) => {
      clearTimeout(timer);
      running.delete(child);
      reject(new SetupError(`${command} could not be run: ${cause.message}`, { cause }));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      if (code === 0) return resolve(output);
      const why = hasTimedOut
        ? `took longer than ${timeoutMs} ms`
        : `ended with ${signal ?? `exit code ${code}`}`;
      const lastLines = (output.stderr.trim() || output.stdout.trim()).split('\n').slice(-12).join('\n');
      const what = [command, ...args.slice(0, 1)].map((word) => basename(word)).join(' ');
      reject(new SetupError(`${what} ${why}${lastLines && `:\n${lastLines}`}`));
    });
  });
}

/**
 * Runs a program in the terminal of this one and forwards signals, for programs that stay: the app, a test runner.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code
 */
export function runInForeground(command, args, { cwd, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
    running.add(child);
    // On Ctrl-C the terminal tells the child too; it decides when it is done, and we wait for it.
    const forward = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']).map((signal) => {
      const listener = () => {
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      };
      process.on(signal, listener);
      return () => process.off(signal, listener);
    });
    child.on('error', (cause) => {
      running.delete(child);
      reject(new SetupError(`${command} could not be run: ${cause.message}`, { cause }));
    });
    child.on('exit', (code, signal) => {
      running.delete(child);
      for (const stop of forward) stop();
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}
