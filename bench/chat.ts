import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeContext } from '../src-api/chat/compose-context.ts';
import { startApi } from '../src-api/start-api.ts';
import { openDataFolder } from '../src-node/data-folder.ts';
import { createLocalApiClient, type LocalApiClient } from '../src-node/local-api-client.ts';
import { createSilentLogger } from '../src-node/logger.ts';
import { temporalNamespace } from '../src-shared/domain/workflows.ts';
import { startOllama, whyNoOllama, type OllamaServer } from '../tests/fixtures/ollama-server.ts';
import { measureStop, stopTable } from './chat/stop.ts';
import { measurePassageSearch } from './chat/passage-search.ts';
import { measureThinkCommands } from './chat/think-commands.ts';
import { median, type Benchmark, type Measurement } from './measurement.ts';

const rounds = 8;
/** What is done once for each answer should not count for each of its words. */
const wordsPerAnswer = 160;
/** So that the whole has an end on a slow computer. */
const thinkBudgetFactor = 1 / 4;
const columns = ['what', 'bare Ollama', 'through the app', 'ratio'];

interface Round {
  firstWordMs: number;
  tokensPerSecond: number;
}

/** What the way through the app costs beside asking the runtime directly. */
export const chat: Benchmark = {
  name: 'chat',
  async measure(log) {
    log('passages out of 100,000 segments');
    const search = measurePassageSearch();
    const reason = whyNoOllama();
    if (reason !== null) {
      log(`no model: ${reason}`);
      return [search, await withApi(null, (api) => measureThinkCommands({ ...api, hasModel: false }))];
    }
    const server = await startOllama();
    try {
      return await withApi(server.address, async (api) => {
        log('answers of the small model, directly and through the app in turn');
        const answers = await measureAnswers(api.client, server);
        log('think commands');
        return [search, ...answers, await measureThinkCommands({ ...api, hasModel: true })];
      });
    } finally {
      await server.stop();
    }
  },
};

async function withApi<Value>(
  ollamaAddress: string | null,
  work: (api: { client: LocalApiClient; databaseFile: string }) => Promise<Value>,
): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'longhand-bench-'));
  const dataFolder = openDataFolder(join(folder, 'data'));
  const api = await startApi({
    dataFolder,
    logger: createSilentLogger(),
    appVersion: '0.0.0',
    temporal: { address: '127.0.0.1:9', namespace: temporalNamespace },
    internalToken: undefined,
    thinkBudgetFactor,
    resourcesFolder: undefined,
    commandLineProgram: '',
    processes: {
      read: () => [],
      retry: () => undefined,
      setOllamaAddress: () => undefined,
      endWork: () => undefined,
      readOllamaAddress: () => ollamaAddress,
      isOllamaOnItsWay: () => false,
    },
  });
  const client = createLocalApiClient({ socketPath: dataFolder.apiSocket, door: 'window' });
  try {
    return await work({ client, databaseFile: dataFolder.databaseFile });
  } finally {
    client.close();
    await api.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAnswers(client: LocalApiClient, server: OllamaServer): Promise<Measurement[]> {
  // The first of each loads the model and what the app read once.
  const { contextTokens } = await throughApp(client, server, 0);
  await directly(server, 100, contextTokens);
  const bare: Round[] = [];
  const app: Round[] = [];
  const stopsMs: number[] = [];
  const askApp = async (round: number): Promise<void> => {
    const answered = await throughApp(client, server, round);
    app.push(answered.round);
    stopsMs.push(answered.stopMs);
  };
  for (let round = 1; round <= rounds; round += 1) {
    // Each comes first as often as second: what else the computer does would favour one of them.
    const isAppFirst = round % 2 === 1;
    if (isAppFirst) await askApp(round);
    bare.push(await directly(server, 100 + round, contextTokens));
    if (!isAppFirst) await askApp(round);
  }
  const answers = {
    title: 'Answers of a local model',
    method: `SmolLM2 135M, a question that asks for a long answer, the first ${wordsPerAnswer} pieces of the answer; ${rounds} rounds each, directly and through the app in turn; medians. Through the app: from the call at the local door to the events at the client, with the answer saved meanwhile.`,
    columns,
    rows: [
      compare('time to the first word, ms', bare, app, ({ firstWordMs }) => firstWordMs, 'less'),
      compare('pieces per second', bare, app, ({ tokensPerSecond }) => tokensPerSecond, 'more'),
    ],
  };
  return process.platform === 'linux' ? [answers, stopTable(stopsMs)] : [answers];
}

function compare(
  what: string,
  bare: readonly Round[],
  app: readonly Round[],
  read: (round: Round) => number,
  better: 'less' | 'more',
): (string | number)[] {
  const [direct, through] = [median(bare.map(read)), median(app.map(read))];
  const ratio = better === 'less' ? through / direct : direct / through;
  return [what, direct.toFixed(1), through.toFixed(1), ratio.toFixed(2)];
}

/** No two the same, or the runtime would have read them already; of the same length. */
const questionOf = (round: number): string =>
  `Take ${round}: write a long story of many paragraphs about a boat on the sea, its crew and every island that they visit.`;

async function throughApp(
  client: LocalApiClient,
  server: OllamaServer,
  round: number,
): Promise<{ round: Round; contextTokens: number; stopMs: number }> {
  const created = await client.commands.createConversation({});
  if (!created.ok) throw new Error(created.error.userMessage);
  const { conversationId } = created.value;
  const arrivedMs: number[] = [];
  const enough = Promise.withResolvers<undefined>();
  const stopListening = client.onEvent((event) => {
    if (event.type === 'changed' && event.topics.includes('conversations'))
      void endedEarly(client, conversationId).then((isEnded) => isEnded && enough.resolve(undefined));
    if (event.type !== 'answer-delta' || event.conversationId !== conversationId) return;
    arrivedMs.push(performance.now());
    if (arrivedMs.length === wordsPerAnswer) enough.resolve(undefined);
  });
  const startedMs = performance.now();
  const sent = await client.commands.sendMessage({ conversationId, text: questionOf(round) });
  if (!sent.ok) throw new Error(sent.error.userMessage);
  await enough.promise;
  const { messageId } = sent.value;
  const stopMs = await measureStop(server, () => client.commands.stopAnswer({ messageId }));
  stopListening();
  const read = await client.commands.readConversation({ conversationId });
  const context = read.ok ? read.value.messages.at(-1)?.context : undefined;
  return {
    round: toRound(startedMs, arrivedMs),
    contextTokens: context?.contextTokens ?? 8192,
    stopMs,
  };
}

/** A model may have less to say. */
async function endedEarly(client: LocalApiClient, conversationId: string): Promise<boolean> {
  const read = await client.commands.readConversation({ conversationId });
  return read.ok && read.value.messages.length > 1 && !read.value.isAnswering;
}

/** The same request as the app makes it, without the app. */
async function directly(
  { address, model }: OllamaServer,
  round: number,
  contextTokens: number,
): Promise<Round> {
  const { messages, answerTokens } = composeContext({
    model: { name: model, contextTokens, modelContextTokens: contextTokens },
    history: [],
    transcripts: [],
    question: questionOf(round),
    begun: '',
  });
  const stopping = new AbortController();
  const startedMs = performance.now();
  const response = await fetch(`${address}/api/chat`, {
    method: 'POST',
    body: JSON.stringify({
      model,
      messages,
      stream: true,
      options: { temperature: 0, num_ctx: contextTokens, num_predict: answerTokens },
    }),
    signal: stopping.signal,
  });
  const arrivedMs: number[] = [];
  for await (const bytes of response.body ?? []) {
    const lines = Buffer.from(bytes as Uint8Array)
      .toString('utf8')
      .split('\n');
    for (const line of lines) if (line !== '') arrivedMs.push(performance.now());
    if (arrivedMs.length >= wordsPerAnswer) break;
  }
  stopping.abort();
  return toRound(startedMs, arrivedMs);
}

function toRound(startedMs: number, arrivedMs: readonly number[]): Round {
  const [first, last] = [arrivedMs[0] ?? Number.NaN, arrivedMs.at(-1) ?? Number.NaN];
  return {
    firstWordMs: first - startedMs,
    tokensPerSecond: ((arrivedMs.length - 1) * 1000) / (last - first),
  };
}
