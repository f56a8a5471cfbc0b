import { expect, test } from 'vitest';
import { joinParts, type AuditPart } from './export-audit.ts';

test('an audit of several parts becomes one file', async () => {
  const part = (text: string, lastSequence: number, hasMore: boolean): AuditPart => ({
    fileName: 'audit.jsonl',
    text,
    rowCount: 1,
    lastSequence,
    hasMore,
  });
  const parts = new Map([
    [0, part('one\n', 4, true)],
    [4, part('two\n', 9, false)],
  ]);
  const read = (after: number) => Promise.resolve(parts.get(after) ?? part('', after, false));
  expect(await joinParts(read)).toEqual({ fileName: 'audit.jsonl', text: 'one\ntwo\n', rowCount: 2 });
});
