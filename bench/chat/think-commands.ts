import { connectToMigrated } from '../../src-data/database.ts';
import type { LocalApiClient } from '../../src-node/local-api-client.ts';
import type { Result } from '../../src-shared/domain/errors.ts';
import { fillLibrary } from '../boundary/fill-library.ts';
import { percentile, type Measurement } from '../measurement.ts';

const roundsWithoutModel = 40;
const roundsWithModel = 2;

type Call = (client: LocalApiClient, round: number, assetId: string) => Promise<Result<unknown>>;

/** No two prompts are the same, or the runtime would have read them already. */
const withModel: Record<string, Call> = {
  'generate-ideas, 3': ({ commands }, round) =>
    commands.generateIdeas({ productContext: `Bakery ${round} in Berlin`, count: 3 }),
  'draft-caption, 2': ({ commands }, round) =>
    commands.draftCaption({ about: `Rye bread ${round}`, platforms: ['bluesky'], alternatives: 2 }),
  'preview-plan, 3 posts': ({ commands }, round) =>
    commands.previewPlan({ about: `Winter menu ${round}`, postCount: 3, zone: 'Europe/Berlin' }),
};

const withoutModel: Record<string, Call> = {
  'search-library': ({ commands }) => commands.searchLibrary({ text: 'kitchen garden', sort: 'relevance' }),
  'read-metadata': ({ commands }, _round, assetId) => commands.readMetadata({ assetId }),
  'look-up': ({ commands }) => commands.lookUp({ subject: 'schedule' }),
  'explain-what-happened': ({ commands }) =>
    commands.explainWhatHappened({ question: 'Why was this not posted?' }),
  'summarise-analytics': ({ commands }) => commands.summariseAnalytics({}),
};

const draftCount = 200;
const library = { assetCount: 500, segmentsPerAsset: 200 };

/** What a person waits for each think command, from the call at the local door to its answer. */
export async function measureThinkCommands({
  client,
  databaseFile,
  hasModel,
}: {
  client: LocalApiClient;
  /** Of the running api: recordings are put into it. */
  databaseFile: string;
  hasModel: boolean;
}): Promise<Measurement> {
  const database = connectToMigrated(databaseFile);
  fillLibrary(database, library);
  database.close();
  const listed = await client.commands.searchLibrary({});
  const assetId = listed.ok ? listed.value.items[0]?.assetId : undefined;
  if (assetId === undefined) throw new Error('no recordings');
  for (let index = 0; index < draftCount; index += 1) {
    const saved = await client.commands.saveDraft({ content: { parts: [{ text: `Draft ${index}` }] } });
    if (!saved.ok) throw new Error(saved.error.userMessage);
  }
  const rows: Measurement['rows'] = [];
  for (const [name, call] of Object.entries(withoutModel))
    rows.push([name, 'none', ...(await time(client, call, roundsWithoutModel, assetId))]);
  for (const [name, call] of Object.entries(hasModel ? withModel : {}))
    rows.push([name, 'SmolLM2 135M', ...(await time(client, call, roundsWithModel, assetId))]);
  return {
    title: 'Think commands',
    method: `${draftCount} drafts and ${library.assetCount} recordings of ${library.segmentsPerAsset} segments in the library; ${roundsWithoutModel} rounds each without a model, ${roundsWithModel} with one that is loaded; in milliseconds, from the call at the local door to the answer. With a quarter of the usual time: what has come by then is the answer (cut short), and nothing at all is a refusal.`,
    columns: ['command', 'model', 'middle', 'longest', 'cut short', 'refused'],
    rows,
  };
}

async function time(
  client: LocalApiClient,
  call: Call,
  rounds: number,
  assetId: string,
): Promise<[middle: string, longest: string, cutShort: number, refused: number]> {
  const timesMs: number[] = [];
  let refused = 0;
  let cutShort = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const startedMs = performance.now();
    const result = await call(client, round, assetId);
    timesMs.push(performance.now() - startedMs);
    if (!result.ok) refused += 1;
    else if ((result.value as { endedEarly?: boolean }).endedEarly === true) cutShort += 1;
  }
  return [percentile(timesMs, 0.5).toFixed(1), Math.max(...timesMs).toFixed(1), cutShort, refused];
}
