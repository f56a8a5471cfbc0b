import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAssetRepository } from '../../src-data/assets.ts';
import { createAuditRepository } from '../../src-data/audit.ts';
import { createSpeechModelRepository } from '../../src-data/speech-models.ts';
import { createStepRepository } from '../../src-data/steps.ts';
import { makeSegment } from '../../src-data/testing/temporary-library.ts';
import { describeAssetFiles } from '../../src-node/asset-files.ts';
import { durableToolResultSchema } from '../../src-shared/contract/define-command.ts';
import {
  commandDefinition,
  commandNames,
  type CommandInput,
  type CommandName,
} from '../../src-shared/contract/registry.ts';
import {
  codeOf,
  connectAgent,
  finish,
  ingest,
  makeFolder,
  outboxOf,
  saveTranscript,
  startTestApi,
  valueOf,
  writeRecording,
} from '../fixtures/api-harness.ts';

describe('review-asset and update-asset', () => {
  it('decide only about what was ingested, and take a decision back', async () => {
    const api = await startTestApi();
    const assetId = await ingest(api, writeRecording(makeFolder(), 'talk.mp4'));
    const review = (decision: CommandInput<'review-asset'>['decision']) =>
      api.client.commands.reviewAsset({ assetId, decision });
    expect(codeOf(await review('approve'))).toBe('input.wrong-state');
    finish(api, assetId);
    expect(valueOf(await review('approve')).status).toBe('approved');
    expect(valueOf(await review('return-to-review')).status).toBe('review');
    const edited = valueOf(
      await api.client.commands.updateAsset({ assetId, title: 'Mine', keywords: ['a'], summary: null }),
    );
    expect(edited).toMatchObject({ title: 'Mine', keywords: ['a'], summary: null });
  });
});

describe('export-transcript', () => {
  it('gives what there is, says whether that is all, and refuses where there is nothing', async () => {
    const api = await startTestApi();
    const assetId = await ingest(api, writeRecording(makeFolder(), 'talk.mp4'));
    const exported = () => api.client.commands.exportTranscript({ assetId, format: 'txt' });
    const steps = createStepRepository(api.database);
    expect(codeOf(await exported())).toBe('input.wrong-state');
    saveTranscript(api.database, assetId, [makeSegment('hello')]);
    expect(valueOf(await exported())).toMatchObject({ text: 'hello\n', isComplete: false });
    steps.set(assetId, 'transcribe', { state: 'done' });
    expect(valueOf(await exported())).toMatchObject({ text: 'hello\n', isComplete: true });
  });

  it('gives an empty text for a recording in which nobody speaks', async () => {
    const api = await startTestApi();
    const assetId = await ingest(api, writeRecording(makeFolder(), 'talk.mp4'));
    createStepRepository(api.database).set(assetId, 'transcribe', { state: 'done' });
    const exported = await api.client.commands.exportTranscript({ assetId, format: 'srt' });
    expect(valueOf(exported)).toMatchObject({ text: '', isComplete: true });
  });
});

describe('edit-transcript', () => {
  async function setUp() {
    const api = await startTestApi();
    const assetId = await ingest(api, writeRecording(makeFolder(), 'talk.mp4'));
    const word = { startMs: 0, endMs: 500, text: 'helo', probability: 0.4 };
    const first = makeSegment('helo', { words: [word], suspect: 'low-confidence' });
    const second = makeSegment('world', { startMs: 1000, endMs: 2000 });
    saveTranscript(api.database, assetId, [first, second]);
    const read = async () => valueOf(await api.client.commands.readTranscript({ assetId }));
    return { api, assetId, first, second, read };
  }

  it('changes, adds and deletes lines, and answers with what undoes all of it', async () => {
    const { api, assetId, first, second, read } = await setUp();
    const before = await read();
    const added = makeSegment('between', { startMs: 600, endMs: 900 });
    const { revision, undo } = valueOf(
      await api.client.commands.editTranscript({
        assetId,
        expectedRevision: before.revision,
        changes: [
          { kind: 'update', segmentId: first.segmentId, text: 'hello' },
          { kind: 'insert', segment: added },
          { kind: 'delete', segmentId: second.segmentId },
        ],
      }),
    );
    const after = await read();
    expect(after.segments).toEqual([
      { ...first, text: 'hello', words: [], suspect: null, isEdited: true },
      added,
    ]);
    valueOf(await api.client.commands.editTranscript({ assetId, expectedRevision: revision, changes: undo }));
    expect((await read()).segments).toEqual(before.segments);
  });

  it('refuses an edit of a text that has changed meanwhile, and applies nothing of it', async () => {
    const { api, assetId, first, second, read } = await setUp();
    const { revision } = await read();
    const edit = (text: string) =>
      api.client.commands.editTranscript({
        assetId,
        expectedRevision: revision,
        changes: [{ kind: 'update', segmentId: first.segmentId, text }],
      });
    valueOf(await edit('first'));
    expect(codeOf(await edit('second'))).toBe('input.conflict');
    expect((await read()).segments[0]?.text).toBe('first');

    const half = await api.client.commands.editTranscript({
      assetId,
      expectedRevision: revision + 1,
      changes: [
        { kind: 'update', segmentId: second.segmentId, text: 'lost' },
        { kind: 'delete', segmentId: randomUUID() },
      ],
    });
    expect(codeOf(half)).toBe('input.not-found');
    expect((await read()).segments[1]?.text).toBe('world');
  });
});

describe('remove-asset', () => {
  it('deletes what Longhand made and never the original', async () => {
    const api = await startTestApi();
    const original = writeRecording(makeFolder(), 'talk.mp4');
    const assetId = await ingest(api, original);
    const files = describeAssetFiles(api.dataFolder, assetId);
    mkdirSync(files.folder, { recursive: true });
    writeFileSync(files.thumbnail, 'x');
    mkdirSync(files.scratchFolder, { recursive: true });
    valueOf(await api.client.commands.removeAsset({ assetId }));
    expect([existsSync(files.folder), existsSync(files.scratchFolder)]).toEqual([false, false]);
    expect(existsSync(original)).toBe(true);
    expect(codeOf(await api.client.commands.readMetadata({ assetId }))).toBe('input.not-found');
    expect(outboxOf(api, `ingest:${assetId}`)).toEqual(['start', 'cancel']);
  });
});

describe('relocate-asset and locate-media', () => {
  it('find a moved file again by its content, in a folder of others of the same size', async () => {
    const api = await startTestApi();
    const folder = makeFolder();
    const path = writeRecording(folder, 'talk.mp4', 'the talk');
    const assetId = await ingest(api, path);
    createAssetRepository(api.database).registerContent(assetId, {
      contentHash: createHash('sha256').update('the talk').digest('hex'),
      sizeBytes: 8,
      fileModifiedAt: new Date().toISOString(),
    });
    const locate = () => api.client.commands.locateMedia({ assetId, rendition: 'original' });
    expect(valueOf(await locate())).toEqual({ path, mimeType: 'video/mp4' });

    const elsewhere = makeFolder();
    mkdirSync(join(elsewhere, 'deep'));
    const moved = join(elsewhere, 'deep', 'renamed.mp4');
    renameSync(path, moved);
    const wrong = writeRecording(elsewhere, 'other.mp4', 'THE TALK');
    expect(codeOf(await locate())).toBe('storage.vanished');
    expect(valueOf(await api.client.commands.readMetadata({ assetId })).isFileMissing).toBe(true);

    expect(codeOf(await api.client.commands.relocateAsset({ assetId, path: wrong }))).toBe('input.not-found');
    const found = valueOf(await api.client.commands.relocateAsset({ assetId, path: elsewhere }));
    expect(found).toMatchObject({ path: moved, originalName: 'renamed.mp4', isFileMissing: false });
  });
});

describe('watched folders', () => {
  it('are one loop per folder, paused and resumed by signals, and end with a cancellation', async () => {
    const api = await startTestApi();
    const folder = makeFolder();
    const { commands } = api.client;
    const { entityId: folderId, workflowId } = valueOf(await commands.watchFolder({ path: folder }));
    expect(valueOf(await commands.watchFolder({ path: `${folder}/.` })).entityId).toBe(folderId);
    valueOf(await commands.pauseWatchFolder({ folderId }));
    expect(valueOf(await commands.listWatchFolders({})).folders).toMatchObject([
      { path: folder, state: 'paused' },
    ]);
    valueOf(await commands.resumeWatchFolder({ folderId }));
    valueOf(await commands.removeWatchFolder({ folderId }));
    expect(outboxOf(api, workflowId)).toEqual(['start', 'start', 'signal', 'start', 'signal', 'cancel']);
    expect(valueOf(await commands.listWatchFolders({})).folders).toEqual([]);
    expect(codeOf(await commands.pauseWatchFolder({ folderId }))).toBe('input.not-found');
  });

  it('may be neither a file nor our own folder', async () => {
    const api = await startTestApi();
    const watch = (path: string) => api.client.commands.watchFolder({ path });
    expect(codeOf(await watch(writeRecording(makeFolder(), 'a.mp4')))).toBe('input.not-a-folder');
    expect(codeOf(await watch(api.dataFolder.root))).toBe('input.invalid');
    expect(codeOf(await watch(api.dataFolder.mediaFolder))).toBe('input.invalid');
  });
});

describe('models and settings', () => {
  it('keep the model in use and the bundled one, and delete others with their files', async () => {
    const api = await startTestApi();
    const { commands } = api.client;
    const models = createSpeechModelRepository(api.database);
    models.addInstalled({
      modelId: 'mine',
      name: 'Mine',
      languages: 'english',
      source: 'imported',
      sizeBytes: 5,
    });
    valueOf(await commands.updateSettings({ speechModelId: 'mine' }));
    expect(codeOf(await commands.deleteSpeechModel({ modelId: 'mine' }))).toBe('input.wrong-state');
    expect(codeOf(await commands.updateSettings({ speechModelId: 'small' }))).toBe(
      'dependency.speech-model-missing',
    );
    expect(codeOf(await commands.deleteSpeechModel({ modelId: 'small' }))).toBe('input.not-found');
    const pulled = valueOf(await commands.pullSpeechModel({ modelId: 'small' }));
    valueOf(await commands.stopSpeechModelPull({ modelId: 'small' }));
    expect(outboxOf(api, pulled.workflowId)).toEqual(['start', 'cancel']);
    expect(valueOf(await commands.deleteSpeechModel({ modelId: 'small' }))).toEqual({ removed: true });
  });

  it('refuse what is no Whisper model', async () => {
    const api = await startTestApi();
    const path = writeRecording(makeFolder(), 'notes.bin', 'no model at all'.repeat(100));
    expect(codeOf(await api.client.commands.importSpeechModel({ path }))).toBe('input.not-a-model');
  });

  it('tell the supervisor of another Ollama, and of a part to start again', async () => {
    const api = await startTestApi();
    const { commands } = api.client;
    valueOf(await commands.updateSettings({ ollamaAddress: 'http://127.0.0.1:1234' }));
    valueOf(await commands.updateSettings({ theme: 'dark' }));
    valueOf(await commands.updateSettings({ ollamaAddress: null }));
    valueOf(await commands.retryProcess({ name: 'worker' }));
    expect(api.told).toEqual(['ollama http://127.0.0.1:1234', 'ollama null', 'retry worker']);
    expect(valueOf(await commands.readSettings({}))).toMatchObject({ theme: 'dark', ollamaAddress: null });
  });
});

describe('every command that only looks', () => {
  it('answers what the contract says, on an empty library and on a filled one', async () => {
    const api = await startTestApi();
    const path = writeRecording(makeFolder(), 'talk.mp4');
    const assetId = await ingest(api, path);
    saveTranscript(api.database, assetId, [makeSegment('hello')]);
    const asked = await connectAgent(api).call('remove-asset', { assetId });
    const { entityId: approvalId } = durableToolResultSchema.parse(valueOf<unknown>(asked));
    const content = { parts: [{ text: 'Hello' }] };
    const { postId } = valueOf(await api.client.commands.saveDraft({ content }));
    const { conversationId } = valueOf(await api.client.commands.createConversation({}));
    const inputs: Partial<Record<CommandName, unknown>> = {
      'read-metadata': { assetId },
      'list-renderings': { assetId },
      'read-transcript': { assetId },
      'export-transcript': { assetId, format: 'vtt' },
      'locate-media': { assetId, rendition: 'original' },
      'expand-paths': { paths: [path] },
      'search-library': { text: 'hello' },
      'read-approval': { approvalId },
      'read-post': { postId },
      'check-post': { content, targets: [] },
      'find-next-slot': { accountIds: [randomUUID()] },
      'read-conversation': { conversationId },
      'look-up': { subject: 'schedule' },
      'read-proposals': { approvalIds: [approvalId] },
      'stop-thinking': { callId: 'nobody' },
      'generate-ideas': { productContext: 'A bakery' },
      'draft-caption': { about: 'Bread', platforms: ['bluesky'] },
      'preview-plan': { about: 'Bread' },
      'read-context-meter': { conversationId, text: 'Hello', assetIds: [] },
      'save-unsent-draft': { conversationId, text: 'Hello', assetIds: [] },
    };
    /** They cannot be answered by code alone, and there is no model here. */
    const needsModel = ['generate-ideas', 'draft-caption', 'preview-plan', 'read-context-meter'];
    const looking = commandNames.filter((name) => !commandDefinition(name).changesState);
    expect(looking.length).toBeGreaterThan(12);
    for (const name of looking) {
      const result = await api.client.call(name, inputs[name] ?? {});
      if (needsModel.includes(name)) {
        expect(codeOf(result), name).toBe('dependency.model-runtime-missing');
        continue;
      }
      expect(codeOf(result), name).toBe('ok');
      const parsed = commandDefinition(name).output.safeParse(valueOf<unknown>(result));
      expect(parsed.error?.message, name).toBeUndefined();
    }
    // The ingest, the draft, the conversation and the agent's wish stand there, and no look.
    expect(createAuditRepository(api.database).listAfter(0, 10)).toHaveLength(4);
  });

  it('tells nothing secret in the diagnostics', async () => {
    const api = await startTestApi();
    writeFileSync(
      join(api.dataFolder.logsFolder, 'api.log'),
      `${JSON.stringify({ time: '2026-01-01T00:00:00Z', level: 'info', msg: 'hello', apiToken: 'sesame' })}\n`,
    );
    const { text } = valueOf(await api.client.commands.readDiagnostics({}));
    expect(text).toContain('hello');
    expect(text).not.toContain('sesame');
  });
});
