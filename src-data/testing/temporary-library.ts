import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Segment } from '../../src-shared/domain/transcript.ts';
import { createAssetRepository, type NewAsset } from '../assets.ts';
import { connect, type LibraryDatabase } from '../database.ts';
import { migrate } from '../migrate.ts';
import type { TranscribedChunk } from '../transcripts.ts';

export interface LibraryPlace {
  folder: string;
  databaseFile: string;
  backupsFolder: string;
}

/** A folder for a library, removed when the test has finished. */
export function makeLibraryPlace(): LibraryPlace {
  const folder = mkdtempSync(join(tmpdir(), 'longhand-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const backupsFolder = join(folder, 'backups');
  mkdirSync(backupsFolder);
  return { folder, databaseFile: join(folder, 'longhand.db'), backupsFolder };
}

/** A migrated, empty library on disk. */
export function makeLibrary(place = makeLibraryPlace()): LibraryDatabase {
  const database = connect(place.databaseFile);
  onTestFinished(() => database.close());
  migrate(database.sqlite);
  return database;
}

/** Adds an asset and returns its id. */
export function addAsset(database: LibraryDatabase, facts: Partial<NewAsset> = {}): string {
  const assetId = facts.assetId ?? randomUUID();
  createAssetRepository(database).create({
    assetId,
    title: 'A talk',
    originalName: 'talk.mp4',
    path: `/media/${assetId}.mp4`,
    storage: 'reference',
    isSample: false,
    sizeBytes: 1000,
    fileModifiedAt: '2026-01-01T00:00:00.000Z',
    ...facts,
  });
  return assetId;
}

export function makeSegment(text: string, facts: Partial<Segment> = {}): Segment {
  return {
    segmentId: randomUUID(),
    startMs: 0,
    endMs: 1000,
    text,
    words: [],
    confidence: 0.9,
    suspect: null,
    isEdited: false,
    ...facts,
  };
}

export function makeChunk(chunkIndex: number): TranscribedChunk {
  const [startMs, endMs] = [chunkIndex * 28_000, (chunkIndex + 1) * 28_000];
  return { chunkIndex, startMs, endMs, startSample: startMs * 16, endSample: endMs * 16, hasSpeech: true };
}
