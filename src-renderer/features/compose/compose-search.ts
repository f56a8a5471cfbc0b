/** What the composer begins with, as it stands in the address. */
export interface ComposeSearch {
  /** A draft or a scheduled post to go on with. */
  post?: string;
  /** A recording or picture to begin with, and which part of it. */
  asset?: string;
  clipStart?: number;
  clipEnd?: number;
  /** A day, and a time on it, to begin with. */
  date?: string;
  time?: string;
}

export function parseComposeSearch(raw: Record<string, unknown>): ComposeSearch {
  const text = (key: string) => (typeof raw[key] === 'string' ? { [key]: raw[key] } : {});
  const number = (key: string) =>
    typeof raw[key] === 'number' && raw[key] >= 0 ? { [key]: Math.round(raw[key]) } : {};
  return {
    ...text('post'),
    ...text('asset'),
    ...text('date'),
    ...text('time'),
    ...number('clipStart'),
    ...number('clipEnd'),
  };
}
