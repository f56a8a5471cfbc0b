import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAssetQueries } from '../src-data/asset-queries.ts';
import { connect } from '../src-data/database.ts';
import { migrate } from '../src-data/migrate.ts';
import { openDataFolder } from '../src-node/data-folder.ts';
import { createLocalApiClient } from '../src-node/local-api-client.ts';
import { fillLibrary } from './boundary/fill-library.ts';
import { openBenchApi } from './boundary/open-api.ts';
import { startTemporal } from './boundary/start-temporal.ts';
import { percentile, type Benchmark, type Measurement } from './measurement.ts';

const callCount = 300;
const searchRounds = 15;
const columns = ['what', 'p50 ms', 'p99 ms'];
/** Port 9 (discard) answers on no computer of today. */
const nobodyThere = '127.0.0.1:9';

/** How long a person waits for the boundary. */
export const boundary: Benchmark = {
  name: 'boundary',
  async measure(log) {
    const folder = mkdtempSync(join(tmpdir(), 'longhand-bench-'));
    try {
      log('answers of the boundary');
      const answers = await measureAnswers(folder);
      log('search in 10,000 assets with 100,000 segments');
      return [answers, measureSearch(folder)];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measureAnswers(folder: string): Promise<Measurement> {
  const server = await startTemporal(folder);
  try {
    const scheduled = await timeIngests(folder, 'scheduled', server.address);
    const accepted = await timeIngests(folder, 'accepted', nobodyThere);
    return {
      title: 'Answers of the boundary',
      method: `${callCount} calls of ingest-media, one after the other, each for another file, through the local door: from the request to the answer, with the transaction on disk (synchronous = FULL).`,
      columns,
      rows: [
        toRow('scheduled: Temporal has acknowledged', scheduled),
        toRow('accepted: Temporal is down', accepted),
      ],
    };
  } finally {
    await server.stop();
  }
}

async function timeIngests(folder: string, name: string, address: string): Promise<number[]> {
  const dataFolder = openDataFolder(join(folder, name));
  const api = await openBenchApi(dataFolder, address);
  if (address !== nobodyThere) await api.rearm();
  const client = createLocalApiClient({ socketPath: dataFolder.apiSocket, door: 'window' });
  const timesMs: number[] = [];
  for (let index = 0; index < callCount; index += 1) {
    const path = join(folder, `${name}-${index}.mp4`);
    writeFileSync(path, path);
    const startedMs = performance.now();
    const result = await client.commands.ingestMedia({ path }, { idempotencyKey: path });
    timesMs.push(performance.now() - startedMs);
    if (!result.ok) throw new Error(result.error.userMessage);
  }
  client.close();
  await api.stop();
  return timesMs;
}

function measureSearch(folder: string): Measurement {
  const database = connect(join(folder, 'search.db'));
  migrate(database.sqlite);
  // Only for filling it: what is measured reads.
  database.sqlite.pragma('synchronous = OFF');
  fillLibrary(database, { assetCount: 10_000, segmentsPerAsset: 10 });
  const queries = createAssetQueries(database);
  const page = { sort: 'relevance', offset: 0, limit: 100 } as const;
  const searches = {
    'the first page': { ...page, sort: 'newest' },
    'page 50 by title': { ...page, sort: 'title', offset: 5000 },
    'the commonest word, in every recording': { ...page, text: 'the' },
    'three common words': { ...page, text: 'the of and' },
    'a rare word': { ...page, text: 'recording-977' },
    'a single letter': { ...page, text: 't' },
  } as const;
  const rows = Object.entries(searches).map(([name, input]) => {
    const timesMs = Array.from({ length: searchRounds }, () => {
      const startedMs = performance.now();
      queries.search(input);
      return performance.now() - startedMs;
    });
    return toRow(name, timesMs);
  });
  database.close();
  return {
    title: 'Search',
    method: `A page of 100 with snippets out of 10,000 recordings with 100,000 segments; ${searchRounds} rounds each.`,
    columns,
    rows,
  };
}

function toRow(name: string, timesMs: readonly number[]): (string | number)[] {
  return [name, percentile(timesMs, 0.5).toFixed(1), percentile(timesMs, 0.99).toFixed(1)];
}
