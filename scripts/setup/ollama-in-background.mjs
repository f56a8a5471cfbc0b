// Started detached by background.mjs: gets Ollama by whatever route works, and writes how far it is.
import { existsSync } from 'node:fs';
import { ollamaLogFile, ollamaProgressFile } from './background.mjs';
import { ensurePart } from './install-part.mjs';
import { writeJson } from './manifest.mjs';
import { ollama } from './parts/ollama.mjs';
import { cacheFolder } from './places.mjs';
import { createProgress, formatDuration, formatSize } from './progress.mjs';
import { describeFailure } from './setup-error.mjs';

const writeIntervalMs = 1_000;
const startedAt = Date.now();
const log = createProgress({ stream: process.stdout });
let writtenAt = 0;

/**
 * @param {'working' | 'done' | 'failed'} state
 * @param {string} message
 * @param {number | null} [percent]
 */
function report(state, message, percent = null) {
  if (state === 'working' && Date.now() - writtenAt < writeIntervalMs) return;
  if (!existsSync(cacheFolder())) return; // The cache was removed meanwhile: nobody is left to tell.
  writtenAt = Date.now();
  writeJson(ollamaProgressFile(), {
    state,
    message,
    percent,
    pid: process.pid,
    startedAt: new Date(startedAt).toISOString(),
    updatedAt: new Date().toISOString(),
    log: ollamaLogFile(),
  });
}

/** @type {import('./progress.mjs').Progress} */
const progress = {
  say: log.say,
  start(title, totalBytes) {
    const step = log.start(title, totalBytes);
    report('working', title);
    return {
      update(done, total = totalBytes) {
        step.update(done, total);
        const percent = total ? Math.min(100, Math.floor((done / total) * 100)) : null;
        report('working', `${title}: ${formatSize(done)}${total ? ` of ${formatSize(total)}` : ''}`, percent);
      },
      note(note) {
        step.note(note);
        report('working', `${title}: ${note}`);
      },
      finish: step.finish,
      giveUp: step.giveUp,
      fail: step.fail,
    };
  },
};

try {
  const part = await ensurePart(ollama, { progress });
  report('done', `Ollama ${part.version} is ready, after ${formatDuration(Date.now() - startedAt)}.`, 100);
} catch (thrown) {
  process.stdout.write(`${thrown instanceof Error ? thrown.stack : thrown}\n`);
  report(
    'failed',
    `Ollama could not be installed: ${describeFailure(thrown)} Longhand works without it; \`npm run doctor\` says how to mend it.`,
  );
  process.exitCode = 1;
}
