/**
 * Says on stderr what is going on: a bar that redraws on a terminal, sparse plain lines elsewhere.
 * stdout stays free for what a command answers.
 */

const redrawIntervalMs = 100;
const plainLineIntervalMs = 10_000;
const barWidth = 24;

/**
 * @typedef {object} Progress
 * @property {(text: string) => void} say one finished line
 * @property {(title: string, totalBytes?: number) => Step} start a long step
 */

/**
 * @typedef {object} Step
 * @property {(done: number, total?: number) => void} update in bytes, or in whatever the step counts
 * @property {(note: string) => void} note what is being done just now
 * @property {(text?: string) => void} finish
 * @property {(text: string) => void} fail
 */

/**
 * @param {object} [options]
 * @param {{ write: (text: string) => unknown, isTTY?: boolean, columns?: number }} [options.stream]
 * @param {boolean} [options.isQuiet] only steps that last longer than a second are shown
 * @param {() => number} [options.now] in milliseconds
 * @returns {Progress}
 */
export function createProgress({ stream = process.stderr, isQuiet = false, now = Date.now } = {}) {
  const isTerminal = stream.isTTY === true && process.env['TERM'] !== 'dumb';
  const say = (/** @type {string} */ text) => void stream.write(`${text}\n`);

  return {
    say: (text) => {
      if (!isQuiet) say(text);
    },
    start: (title, totalUnits) => createStep({ title, totalUnits, stream, say, isTerminal, isQuiet, now }),
  };
}

/** @returns {Step} */
function createStep(
  /** @type {{ title: string, totalUnits: number | undefined, stream: { write: (text: string) => unknown, columns?: number }, say: (text: string) => void, isTerminal: boolean, isQuiet: boolean, now: () => number }} */ {
    title,
    totalUnits,
    stream,
    say,
    isTerminal,
    isQuiet,
    now,
  },
) {
  const startedAt = now();
  let total = totalUnits;
  let done = 0;
  let note = '';
  let shownAt = 0;
  const quietForMs = isQuiet ? 1_000 : 0;

  const describe = () => {
    const elapsedMs = now() - startedAt;
    const amount = total && total > 10_000 ? ` ${formatSize(done)} of ${formatSize(total)}` : '';
    if (!total || done === 0) return `${formatDuration(elapsedMs)}${note && ` · ${note}`}`;
    const share = Math.min(done / total, 1);
    const leftMs = share > 0.02 && elapsedMs > 500 ? (elapsedMs / share) * (1 - share) : undefined;
    const left = leftMs === undefined ? '' : ` · ${formatDuration(leftMs)} left`;
    return `${String(Math.floor(share * 100)).padStart(3)} %${amount}${left}${note && ` · ${note}`}`;
  };

  const draw = () => {
    if (now() - startedAt < quietForMs) return;
    if (isTerminal) {
      if (now() - shownAt < redrawIntervalMs) return;
      const filled = total ? Math.round(Math.min(done / total, 1) * barWidth) : 0;
      const bar = total ? `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] ` : '';
      const width = Math.max((stream.columns ?? 80) - 1, 40);
      stream.write(`\r\u001B[2K${`  ${title} ${bar}${describe()}`.slice(0, width)}`);
    } else {
      // The first line comes with the start; later ones only where a step lasts.
      if (now() - shownAt < plainLineIntervalMs) return;
      say(`  ${title} … ${describe()}`);
    }
    shownAt = now();
  };

  const close = (/** @type {string} */ text) => {
    clearInterval(timer);
    if (isTerminal && shownAt > 0) stream.write('\r\u001B[2K');
    if (!isQuiet || shownAt > 0) say(text);
  };

  const timer = setInterval(draw, isTerminal ? 500 : plainLineIntervalMs);
  timer.unref();
  if (!isQuiet && !isTerminal) {
    say(`  ${title}${total && total > 10_000 ? ` (${formatSize(total)})` : ''} …`);
    shownAt = now();
  } else draw();

  return {
    update(doneUnits, newTotal) {
      done = doneUnits;
      if (newTotal !== undefined) total = newTotal;
      draw();
    },
    note(text) {
      note = text;
      draw();
    },
    finish(text = `${title}: done`) {
      close(`✓ ${text} (${formatDuration(now() - startedAt)})`);
    },
    fail(text) {
      close(`✗ ${text}`);
    },
  };
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
