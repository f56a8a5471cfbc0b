import { request, type ClientRequest, type RequestOptions } from 'node:http';
import { appEventSchema, type AppEvent } from '../src-shared/contract/events.ts';

export interface EventHandlers {
  onEvent: (event: AppEvent) => void;
  /** The stream was broken and is back, or came late: events were missed. */
  onReconnected: () => void;
}

const firstRetryMs = 100;
const longestRetryMs = 2000;
/** The api sends an empty line every few seconds: longer silence means that it hangs. */
const silenceMs = 20_000;

/** Follows `GET /events`, a stream of JSON lines, and connects again whenever it breaks. Returns the end of it. */
export function subscribeToEvents(base: RequestOptions, handlers: EventHandlers): () => void {
  let isClosed = false;
  let wasConnected = false;
  let failures = 0;
  let outgoing: ClientRequest | undefined;
  let timer: NodeJS.Timeout | undefined;

  function retry(): void {
    if (isClosed || timer !== undefined) return;
    const pauseMs = Math.min(longestRetryMs, firstRetryMs * 2 ** failures);
    failures += 1;
    timer = setTimeout(() => {
      timer = undefined;
      connect();
    }, pauseMs);
  }

  function connect(): void {
    // Without the agent: this connection is held for as long as it lasts.
    outgoing = request({ ...base, agent: false, method: 'GET', path: '/events', timeout: silenceMs });
    outgoing.on('response', (incoming) => {
      if (incoming.statusCode !== 200) {
        incoming.resume();
        incoming.on('close', retry);
        return;
      }
      // Also where the first try failed: the api may have answered commands before this stream was there.
      if (wasConnected || failures > 0) handlers.onReconnected();
      wasConnected = true;
      failures = 0;
      let rest = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) if (line !== '') receive(line);
      });
      incoming.on('error', retry);
      incoming.on('close', retry);
    });
    outgoing.on('timeout', () => outgoing?.destroy(new Error('the event stream fell silent')));
    outgoing.on('error', retry);
    outgoing.end();
  }

  function receive(line: string): void {
    const parsed = appEventSchema.safeParse(JSON.parse(line));
    // An event of a newer program that this client does not know.
    if (parsed.success) handlers.onEvent(parsed.data);
  }

  connect();
  return () => {
    isClosed = true;
    clearTimeout(timer);
    outgoing?.destroy();
  };
}
