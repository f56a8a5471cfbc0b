/**
 * Says on stderr what is going on: bars that redraw on a terminal, sparse plain lines elsewhere.
 * stdout stays free for what a command answers.
 */

const redrawIntervalMs = 100;
const plainLineIntervalMs = 10_000;
const quietForMs = 1_000;
const barWidth = 24;

/**
 * @typedef {object} Progress
 * @property {(text: string) => void} say one finished line
 * @property {(title: string, totalUnits?: number) => Step} start a long step; several may be under way at once
 */

/**
 * @typedef {object} Step
 * @property {(done: number, total?: number) => void} update in bytes, or in whatever the step counts
 * @property {(note: string) => void} note what is being done just now
 * @property {(text?: string) => void} finish
 * @property {(text: string) => void} giveUp it did not work, and something else is tried
 * @property {(text: string) => void} fail
 */

/**
 * @typedef {object} Output
 * @property {(text: string) => unknown} write
 * @property {boolean} [isTTY]
 * @property {number} [columns]
 */

/** @typedef {{ title: string, startedAt: number, shownAt: number | undefined, done: number, total: number | undefined, note: string }} State */

/**
 * @param {object} [options]
 * @param {Output} [options.stream]
 * @param {boolean} [options.isQuiet] only steps that last longer than a second are shown
 * @param {() => number} [options.now] in milliseconds
 * @returns {Progress}
 */
export function createProgress({ stream = process.stderr, isQuiet = false, now = Date.now } = {}) {
  const isTerminal = stream.isTTY === true && process.env['TERM'] !== 'dumb';
  const screen = isTerminal ? createBars(stream, now) : createLines(stream, now);

  return {
    say: (text) => {
      if (!isQuiet) screen.print(text);
    },
    start(title, total) {
      /** @type {State} */
      const state = { title, startedAt: now(), shownAt: undefined, done: 0, total, note: '' };
      const show = () => {
        if (isQuiet && now() - state.startedAt < quietForMs) return;
        screen.show(state);
      };
      const timer = setInterval(show, isTerminal ? 500 : plainLineIntervalMs);
      timer.unref();
      const close = (/** @type {string} */ text) => {
        clearInterval(timer);
        const wasShown = state.shownAt !== undefined;
        screen.remove(state);
        if (!isQuiet || wasShown) screen.print(text);
      };
      show();
      return {
        update(doneUnits, newTotal) {
          state.done = doneUnits;
          if (newTotal !== undefined) state.total = newTotal;
          show();
        },
        note(text) {
          state.note = text;
          show();
        },
        finish: (text = `${title}: done`) => close(`✓ ${text} (${formatDuration(now() - state.startedAt)})`),
        giveUp: (text) => close(`– ${text}`),
        fail: (text) => close(`✗ ${text}`),
      };
    },
  };
}

/**
 * A block of bars at the bottom of the terminal, one for each step under way.
 *
 * @param {Output} stream
 * @param {() => number} now
 */
function createBars(stream, now) {
  /** @type {State[]} */
  const shown = [];
  let drawnLines = 0;
  let drawnAt = 0;

  const erase = () => {
    if (drawnLines > 0) stream.write(`\u001B[${drawnLines}A\r\u001B[J`);
    drawnLines = 0;
  };
  const draw = () => {
    erase();
    const width = Math.max((stream.columns ?? 80) - 1, 40);
    for (const state of shown) {
      const share = state.total ? Math.min(state.done / state.total, 1) : 0;
      const filled = Math.round(share * barWidth);
      const bar = state.total ? `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] ` : '';
      stream.write(`${`  ${state.title} ${bar}${describe(state, now())}`.slice(0, width)}\n`);
    }
    drawnLines = shown.length;
    drawnAt = now();
  };

  return {
    print(/** @type {string} */ text) {
      erase();
      stream.write(`${text}\n`);
      draw();
    },
    show(/** @type {State} */ state) {
      if (state.shownAt === undefined) shown.push(state);
      else if (now() - drawnAt < redrawIntervalMs) return;
      state.shownAt = now();
      draw();
    },
    remove(/** @type {State} */ state) {
      const at = shown.indexOf(state);
      if (at >= 0) shown.splice(at, 1);
      draw();
    },
  };
}

/**
 * One line when a step begins, and later ones only where it lasts: for logs.
 *
 * @param {Output} stream
 * @param {() => number} now
 */
function createLines(stream, now) {
  const print = (/** @type {string} */ text) => void stream.write(`${text}\n`);
  return {
    print,
    show(/** @type {State} */ state) {
      const isFirst = state.shownAt === undefined;
      if (state.shownAt !== undefined && now() - state.shownAt < plainLineIntervalMs) return;
      state.shownAt = now();
      const size = isSize(state.total) ? ` (${formatSize(state.total)})` : '';
      print(isFirst ? `  ${state.title}${size} …` : `  ${state.title} … ${describe(state, now())}`);
    },
    remove: () => undefined,
  };
}

/**
 * @param {State} state
 * @param {number} at
 */
function describe({ startedAt, done, total, note }, at) {
  const elapsedMs = at - startedAt;
  const noted = note && ` · ${note}`;
  if (!total || done === 0) return `${formatDuration(elapsedMs)}${noted}`;
  const share = Math.min(done / total, 1);
  const amount = isSize(total) ? ` ${formatSize(done)} of ${formatSize(total)}` : '';
  const canEstimate = share > 0.02 && share < 1 && elapsedMs > 500;
  const left = canEstimate ? ` · ${formatDuration((elapsedMs / share) * (1 - share))} left` : '';
  return `${String(Math.floor(share * 100)).padStart(3)} %${amount}${left}${noted}`;
}

/**
 * Steps count bytes, or a few things: no step counts that many things.
 *
 * @param {number | undefined} total
 * @returns {total is number}
 */
function isSize(total) {
  return total !== undefined && total > 10_000;
}

/** @param {number} bytes */
export function formatSize(bytes) {
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}

/** @param {number} durationMs */
export function formatDuration(durationMs) {
  if (durationMs < 10_000) return `${(durationMs / 1_000).toFixed(1)} s`;
  const seconds = Math.round(durationMs / 1_000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
