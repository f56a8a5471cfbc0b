import { describe, expect, it } from 'vitest';
import { applyEdit, readEditable } from './proposal-input.ts';

const input = {
  content: {
    parts: [
      { text: 'Before', media: [{ assetId: 'a' }] },
      { text: 'Second', media: [] },
    ],
    title: null,
  },
  targets: [{ accountId: 'one' }],
  when: { kind: 'at', dueAt: '2026-11-27T08:00:00Z', zone: 'Europe/Berlin' },
};

describe('a proposal that is edited', () => {
  it('offers its words and its time', () => {
    expect(readEditable(input)).toMatchObject({ text: 'Before', when: { kind: 'at' }, accountIds: ['one'] });
    expect(readEditable({ postId: 'p', when: { kind: 'now' } })).toMatchObject({ text: undefined });
  });

  it('keeps everything that was not edited', () => {
    expect(applyEdit(input, { text: 'After', when: { kind: 'now' } })).toEqual({
      ...input,
      content: {
        ...input.content,
        parts: [{ ...input.content.parts[0], text: 'After' }, input.content.parts[1]],
      },
      when: { kind: 'now' },
    });
    expect(applyEdit(input, { text: undefined, when: undefined })).toEqual(input);
  });

  it('cannot be edited in place where it has neither words nor time', () => {
    expect(readEditable({ path: '/media' })).toBeNull();
  });
});
