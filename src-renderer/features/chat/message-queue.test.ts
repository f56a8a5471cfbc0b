import { describe, expect, it, vi } from 'vitest';
import type { Conversation, Message } from '../../../src-shared/domain/conversation.ts';
import { createMessageQueue } from './message-queue.ts';

const draft = { text: 'And then?', assetIds: [] };

function open() {
  const watching = new Map<string, (conversation: Conversation | null) => void>();
  const send = vi.fn();
  const queue = createMessageQueue({
    watch(conversationId, tell) {
      watching.set(conversationId, tell);
      return () => watching.delete(conversationId);
    },
    send,
  });
  const tell = (...states: Message['state'][]) =>
    watching.get('c')?.({ messages: states.map((state) => ({ state })) } as Conversation);
  return { queue, send, tell, tellGone: () => watching.get('c')?.(null), watching };
}

describe('a message that is sent while an answer is written', () => {
  it.each(['done', 'stopped'] as const)('goes out once, when that answer is %s', (end) => {
    const { queue, send, tell, watching } = open();
    queue.add('c', draft);
    tell('done', 'streaming');
    expect([queue.read('c'), send.mock.calls]).toEqual(['waiting', []]);
    tell('done', end);
    expect(send).toHaveBeenCalledExactlyOnceWith('c', draft);
    expect([queue.read('c'), watching.size]).toEqual([null, 0]);
  });

  it('is held where that answer fails, and goes out when it is sent again', () => {
    const { queue, send, tell } = open();
    queue.add('c', draft);
    tell('done', 'failed');
    expect([queue.read('c'), send.mock.calls]).toEqual(['held', []]);
    queue.takeOut('c');
    expect(queue.read('c')).toBeNull();
  });

  it('does not go out once it was taken out, or its conversation is gone', () => {
    const { queue, send, tell, tellGone, watching } = open();
    queue.add('c', draft);
    queue.takeOut('c');
    tell('done', 'done');
    queue.add('c', draft);
    tellGone();
    expect([queue.read('c'), watching.size, send.mock.calls]).toEqual([null, 0, []]);
  });

  it('is the one that was sent last', () => {
    const { queue, send, tell } = open();
    queue.add('c', draft);
    queue.add('c', { ...draft, text: 'Or else?' });
    tell('done', 'done');
    expect(send).toHaveBeenCalledExactlyOnceWith('c', { ...draft, text: 'Or else?' });
  });

  it('tells those who show it', () => {
    const { queue } = open();
    const listener = vi.fn();
    const unsubscribe = queue.subscribe(listener);
    queue.add('c', draft);
    unsubscribe();
    queue.takeOut('c');
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
