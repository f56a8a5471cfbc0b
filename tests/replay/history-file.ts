import proto from '@temporalio/proto';

const { History } = proto.temporal.api.history.v1;
type History = proto.temporal.api.history.v1.IHistory;

/** A history as JSON: enums by name, so that a difference between two of them can be read. */
export function writeHistory(history: History): string {
  const plain = History.toObject(History.fromObject(history), {
    enums: String,
    longs: String,
    bytes: String,
  });
  return `${JSON.stringify(plain, leaveOutMachine, 1)}\n`;
}

export function readHistory(text: string): History {
  return History.fromObject(JSON.parse(text) as Record<string, unknown>);
}

/** Stack traces and identities tell of the machine they were made on. */
function leaveOutMachine(key: string, value: unknown): unknown {
  if (key === 'stackTrace') return undefined;
  return key === 'identity' ? 'recorder' : value;
}
