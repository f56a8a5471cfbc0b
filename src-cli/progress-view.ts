import { MultiBar, type SingleBar } from 'cli-progress';
import { formatDuration, type Terminal } from './terminal.ts';

export interface ProgressState {
  title: string;
  /** What it does right now, or how it ended. */
  detail: string;
  /** 0 to 1; null while it cannot be known. */
  progress: number | null;
  remainingMs: number | null;
}

export interface ProgressView {
  show: (id: string, state: ProgressState) => void;
  close: () => void;
}

const lineEveryShare = 0.1;

/** Shows progress on standard error: bars on a terminal, else a line for each new step and each tenth of it. */
export function createProgressView(terminal: Terminal): ProgressView {
  return terminal.isInteractive ? createBars() : createLines(terminal);
}

function createBars(): ProgressView {
  const bars = new Map<string, SingleBar>();
  const multiBar = new MultiBar({
    stream: process.stderr,
    format: '{bar} {percent} {title}: {detail}{remaining}',
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: false,
    emptyOnZero: true,
    // The number of lines may change in one that is no terminal any more.
    noTTYOutput: false,
  });
  return {
    show(id, state) {
      const payload = {
        title: shorten(state.title),
        detail: state.detail,
        remaining: state.remainingMs === null ? '' : `, ${formatDuration(state.remainingMs)} left`,
        percent:
          state.progress === null ? '    ' : `${String(Math.round(state.progress * 100)).padStart(3)}%`,
      };
      const bar = bars.get(id) ?? multiBar.create(1, 0, payload);
      bars.set(id, bar);
      bar.update(state.progress ?? 0, payload);
    },
    close: () => multiBar.stop(),
  };
}

function createLines(terminal: Terminal): ProgressView {
  const shown = new Map<string, { detail: string; progress: number }>();
  return {
    show(id, { title, detail, progress, remainingMs }) {
      const before = shown.get(id);
      const share = progress ?? 0;
      if (before?.detail === detail && share < before.progress + lineEveryShare) return;
      shown.set(id, { detail, progress: share });
      const percent = progress === null ? '' : ` ${Math.round(progress * 100)} %`;
      const left = remainingMs === null ? '' : `, ${formatDuration(remainingMs)} left`;
      terminal.tell(`${title}: ${detail}${percent}${left}`);
    },
    close: () => undefined,
  };
}

function shorten(title: string): string {
  return title.length <= 40 ? title : `${title.slice(0, 39)}…`;
}
