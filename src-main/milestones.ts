import type { AssetDetail, IngestStepName, StepState } from '../src-shared/domain/asset.ts';
import type { ProcessState } from '../src-shared/domain/process-status.ts';
import type { Services } from './services.ts';

const stepTitles: Record<IngestStepName, string> = {
  register: 'registered and hashed',
  probe: 'examined',
  preview: 'preview made',
  transcribe: 'transcribed',
  describe: 'described',
  queue: 'queued for review',
};

const stateWords: Partial<Record<StepState, string>> = {
  deferred: 'waits for a chat model, and goes on by itself once there is one',
  skipped: 'skipped',
  failed: 'failed',
  cancelled: 'cancelled',
};

/**
 * Tells a terminal what the window shows: each process as it becomes ready, and each step of the bundled sample.
 * @param print receives one line at a time, without its end
 * @returns a promise that settles once the sample has left its ingest, or at once where there is none to wait for
 */
export function reportMilestones(services: Services, print: (line: string) => void): void {
  const seenStates = new Map<string, ProcessState>();
  const seenSteps = new Set<string>();
  let isSampleDone = false;
  let isChecking = false;
  let mustCheckAgain = false;

  const showProcesses = (): void => {
    for (const { name, state, version, message } of services.readProcesses()) {
      if (seenStates.get(name) === state) continue;
      seenStates.set(name, state);
      if (state === 'ready') print(`${name} is ready${version === null ? '' : ` (${version})`}`);
      if (state === 'failed') print(`${name} failed${message === null ? '' : `: ${message}`}`);
    }
  };

  const showSample = async (): Promise<void> => {
    const counts = await services.commands.summariseLibrary({});
    if (!counts.ok || counts.value.sampleAssetId === null) return;
    const { sampleAssetId } = counts.value;
    const read = await services.commands.readMetadata({ assetId: sampleAssetId });
    if (!read.ok) return;
    for (const line of describeNewSteps(read.value, seenSteps)) print(`sample: ${line}`);
    if (read.value.status === 'ingesting' || isSampleDone) return;
    isSampleDone = true;
    const transcript = await services.commands.readTranscript({ assetId: sampleAssetId });
    if (transcript.ok) print(`sample: "${transcript.value.segments.map(({ text }) => text).join(' ')}"`);
  };

  const check = (): void => {
    if (isSampleDone) return;
    if (isChecking) {
      mustCheckAgain = true;
      return;
    }
    isChecking = true;
    showSample()
      .catch((error: unknown) => print(`the sample cannot be followed: ${String(error)}`))
      .finally(() => {
        isChecking = false;
        if (!mustCheckAgain) return;
        mustCheckAgain = false;
        check();
      });
  };

  services.onProcesses(showProcesses);
  services.onEvent((event) => {
    if (event.type === 'changed' && (event.topics.includes('steps') || event.topics.includes('assets')))
      check();
  });
  showProcesses();
  check();
}

function describeNewSteps(asset: AssetDetail, seen: Set<string>): string[] {
  const ended = asset.steps.filter(
    ({ step, state }) => state !== 'waiting' && state !== 'running' && !seen.has(step),
  );
  return ended.map(({ step, state, error }) => {
    seen.add(step);
    const words = stateWords[state];
    const problem = error === null ? '' : `: ${error.userMessage}`;
    return words === undefined ? stepTitles[step] : `${step} ${words}${problem}`;
  });
}
