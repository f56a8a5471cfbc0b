import { beforeEach, describe, expect, it } from 'vitest';
import { createDraftStore, newConversation, type DraftStore } from './draft-store.ts';
import { createNewConversation, type NewConversation } from './new-conversation.ts';

const draft = (text: string) => ({ text, assetIds: [] });

describe('a new conversation', () => {
  let drafts: DraftStore;
  let subject: NewConversation;
  let answers: PromiseWithResolvers<{ conversationId: string }>[];

  beforeEach(() => {
    answers = [];
    drafts = createDraftStore({ save: () => Promise.resolve(), pauseMs: 10 });
    subject = createNewConversation({
      drafts,
      create: () => {
        const answer = Promise.withResolvers<{ conversationId: string }>();
        answers.push(answer);
        return answer.promise;
      },
    });
  });

  it('is made once, also for whoever asks after it was made and before it is on the screen', async () => {
    const leave = subject.show();
    drafts.write(newConversation, draft('Hello'));
    const pause = subject.make();
    answers[0]?.resolve({ conversationId: 'c' });
    expect(await pause).toBe('c');
    // The screen takes its time: what is written stands where it stood, and Enter sends it there.
    expect(drafts.read(newConversation)).toEqual(draft('Hello'));
    expect(await subject.make()).toBe('c');
    leave();
    expect(drafts.read(newConversation)).toBeUndefined();
    expect(drafts.read('c')).toEqual(draft('Hello'));

    const other = subject.make();
    answers[1]?.resolve({ conversationId: 'd' });
    expect(await other).toBe('d');
  });

  it('that is left while it is made is finished by itself, and taken up by whoever comes back before that', async () => {
    const leave = subject.show();
    drafts.write(newConversation, draft('Hello'));
    const first = subject.make();
    leave();
    const leaveAgain = subject.show();
    const second = subject.make();
    answers[0]?.resolve({ conversationId: 'c' });
    expect([await first, await second]).toEqual(['c', 'c']);
    expect(drafts.read(newConversation)).toEqual(draft('Hello'));
    leaveAgain();
    expect(drafts.read(newConversation)).toBeUndefined();
    expect(answers).toHaveLength(1);
  });

  it('that could not be made is tried again with the next wish', async () => {
    subject.show();
    const failing = subject.make();
    answers[0]?.reject(new Error('away'));
    await expect(failing).rejects.toThrow('away');
    const again = subject.make();
    answers[1]?.resolve({ conversationId: 'c' });
    expect(await again).toBe('c');
  });
});
