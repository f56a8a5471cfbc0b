import { randomUUID } from 'node:crypto';
import { createAssetRepository } from '../../src-data/assets.ts';
import type { LibraryDatabase } from '../../src-data/database.ts';
import { rowIdRangeOf } from '../../src-data/transcripts.ts';

const words =
  'the a of to and in is it you that he was for on are with as his they be at one have this from or had by hot word but what some we can out other were all there when up use your how said an each she which do their time if will way about many then them write would like so these her long make thing see him two has look more day could go come did number sound no most people my over know water than call first who may down side been now find any new work part take get place made live where after back little only round man year came show every good me give our under name very through just form sentence great think say help low line differ turn cause much mean before move right boy old too same tell does set three want air well also play small end put home read hand port large spell add even land here must big high such follow act why ask men change went light kind off need house picture try us again animal point mother world near build self earth father interview budget podcast episode camera microphone kitchen garden recipe'.split(
    ' ',
  );

/** Fills a library with made-up transcripts: the same every time. */
export function fillLibrary(
  database: LibraryDatabase,
  { assetCount, segmentsPerAsset }: { assetCount: number; segmentsPerAsset: number },
): void {
  const assets = createAssetRepository(database);
  // Prepared once: a row at a time through the repository takes most of a minute for 100,000 segments.
  const addSegment = database.sqlite.prepare(
    'INSERT INTO segment (row_id, segment_id, asset_id, start_ms, end_ms, text, words, confidence, suspect) VALUES (?, ?, ?, ?, ?, ?, ?, 0.9, ?)',
  );
  const readRowId = database.sqlite
    .prepare<[string], number>('SELECT row_id FROM asset WHERE asset_id = ?')
    .pluck();
  let state = 42;
  const next = (below: number) => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) % below;
  // Squared, so that the first words of the list are much more common, as in speech.
  const word = () => words[Math.floor((next(1000) / 1000) ** 2 * words.length)] ?? 'the';
  const sentence = (length: number) => Array.from({ length }, word).join(' ');

  for (let batch = 0; batch < assetCount; batch += 500) {
    database.transaction(() => {
      for (let index = batch; index < Math.min(batch + 500, assetCount); index += 1) {
        const assetId = randomUUID();
        const title = `${sentence(4)} ${index}`;
        assets.create({
          assetId,
          title,
          originalName: `recording-${index}.mp4`,
          path: `/media/recording-${index}.mp4`,
          storage: 'reference',
          isSample: false,
          sizeBytes: next(1_000_000_000),
          fileModifiedAt: new Date(index * 1000).toISOString(),
        });
        assets.setStatus(assetId, index % 10 === 0 ? 'review' : 'approved');
        const { first } = rowIdRangeOf(readRowId.get(assetId) ?? 0);
        for (let position = 0; position < segmentsPerAsset; position += 1) {
          const text = sentence(15);
          const startMs = position * 6000;
          const spoken = text.split(' ').map((part, at) => ({
            startMs: startMs + at * 300,
            endMs: startMs + at * 300 + 250,
            text: part,
            probability: 0.9,
          }));
          const suspect = next(50) === 0 ? 'low-confidence' : null;
          addSegment.run(
            first + position,
            randomUUID(),
            assetId,
            startMs,
            startMs + 5500,
            text,
            JSON.stringify(spoken),
            suspect,
          );
        }
      }
    });
  }
}
