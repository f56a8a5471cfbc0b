import { arch, cpus, release, totalmem } from 'node:os';
import { readRecentLogLines, redactSecrets, type LogLine } from '../../src-node/logger.ts';
import { nativeParts, resolveNativePart, type NativePartName } from '../../src-node/native-parts.ts';
import type { ProcessStatus } from '../../src-shared/domain/process-status.ts';
import type { QueryHandler } from './handler-types.ts';

const bytesPerGibibyte = 2 ** 30;

export const readDiagnostics: QueryHandler<'read-diagnostics'> = {
  async answer({ logLineCount }, { appVersion, dataFolder, processes, queries, outbox, database, now }) {
    const lines =
      logLineCount === 0 ? [] : await readRecentLogLines(dataFolder.logsFolder, { maxLines: logLineCount });
    const { totalCount, countByStatus } = queries.countLibrary();
    const counts = Object.entries(countByStatus).map(([status, count]) => `${status} ${count}`);
    const sections = [
      section('Longhand', [
        `version ${appVersion}`,
        `at ${now().toISOString()}`,
        `data folder ${dataFolder.root}`,
        `schema ${database.readSchemaVersion()}`,
        `library: ${totalCount} recordings (${counts.join(', ')}), ${outbox.count()} not yet started`,
      ]),
      section('Computer', [
        `${process.platform} ${release()} ${arch()}, Node ${process.versions.node}`,
        `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${(totalmem() / bytesPerGibibyte).toFixed(1)} GiB`,
      ]),
      section('Processes', processes.read().map(describeProcess)),
      section('Parts', partNames().map(describePart)),
      section(`Log, newest ${lines.length} lines`, lines.map(describeLine)),
    ];
    return { text: redactSecrets(sections.join('\n')) };
  },
};

function section(title: string, lines: readonly string[]): string {
  return [`== ${title}`, ...lines, ''].join('\n');
}

function describeProcess({ name, state, pid, version, port, restartCount, message }: ProcessStatus): string {
  const facts = [state, pid === null ? null : `pid ${pid}`, version, port === null ? null : `port ${port}`];
  const restarts = restartCount === 0 ? null : `started again ${restartCount} times`;
  return `${name}: ${[...facts, restarts, message].filter((fact) => fact !== null).join(', ')}`;
}

function partNames(): NativePartName[] {
  return Object.keys(nativeParts) as NativePartName[];
}

function describePart(name: NativePartName): string {
  const part = resolveNativePart(name);
  return part === undefined ? `${name}: missing` : `${name}: ${part.version} (${part.source}) ${part.path}`;
}

function describeLine({ time, level, process: processName, msg, ...rest }: LogLine): string {
  const details = Object.fromEntries(Object.entries(rest).filter(([key]) => key !== 'pid'));
  const tail = Object.keys(details).length === 0 ? '' : ` ${JSON.stringify(details)}`;
  return `${time} ${level} ${processName ?? ''}: ${msg ?? ''}${tail}`;
}
