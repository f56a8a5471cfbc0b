import { randomUUID } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Citation, ContextMeter, MessageState } from '../src-shared/domain/conversation.ts';
import type { AppErrorDto } from '../src-shared/domain/errors.ts';
import type { MessageCard } from '../src-shared/domain/message-card.ts';
import { recordNotFound } from './database-errors.ts';
import type { LibraryDatabase } from './database.ts';
import { message } from './schema/conversations.ts';

export type MessageRow = typeof message.$inferSelect;

/** How an answer ended. */
export interface AnswerEnd {
  state: Exclude<MessageState, 'streaming'>;
  text: string;
  error: AppErrorDto | null;
}

export type MessageRepository = ReturnType<typeof createMessageRepository>;

/** What was said in conversations. */
export function createMessageRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;
  const at = (): string => now().toISOString();

  function write(messageId: string, values: Partial<typeof message.$inferInsert>): void {
    orm.update(message).set(values).where(eq(message.messageId, messageId)).run();
  }

  function find(messageId: string): MessageRow | undefined {
    return orm.select().from(message).where(eq(message.messageId, messageId)).get();
  }

  function listAll(conversationId: string): MessageRow[] {
    return orm
      .select()
      .from(message)
      .where(eq(message.conversationId, conversationId))
      .orderBy(asc(message.rowId))
      .all();
  }

  return {
    find,

    /** @throws AppError `input.not-found` */
    get(messageId: string): MessageRow {
      const row = find(messageId);
      if (row === undefined) throw recordNotFound('This message', messageId);
      return row;
    },

    /** All of a conversation, versions included, in the order in which they were written. */
    listAll,

    /** What is shown: each message with its current answer right behind it. */
    listCurrent(conversationId: string): MessageRow[] {
      const current = listAll(conversationId).filter(({ isCurrent }) => isCurrent);
      const answers = new Map(current.map((row) => [row.replyTo, row]));
      return current
        .filter(({ role }) => role === 'person')
        .flatMap((row) => {
          const answer = answers.get(row.messageId);
          return answer === undefined ? [row] : [row, answer];
        });
    },

    /** All answers to the same message, oldest first. */
    listVersions(replyTo: string): string[] {
      return orm
        .select({ messageId: message.messageId })
        .from(message)
        .where(eq(message.replyTo, replyTo))
        .orderBy(asc(message.rowId))
        .all()
        .map((row) => row.messageId);
    },

    addFromPerson(conversationId: string, text: string, assetIds: readonly string[]): string {
      const messageId = randomUUID();
      orm
        .insert(message)
        .values({
          messageId,
          conversationId,
          role: 'person',
          state: 'done',
          text,
          assetIds: [...assetIds],
          createdAt: at(),
          endedAt: at(),
        })
        .run();
      return messageId;
    },

    /** A new answer, which becomes the one shown. It is on record before its first word. */
    beginAnswer(conversationId: string, replyTo: string): string {
      const messageId = randomUUID();
      orm.update(message).set({ isCurrent: false }).where(eq(message.replyTo, replyTo)).run();
      orm
        .insert(message)
        .values({
          messageId,
          conversationId,
          role: 'assistant',
          state: 'streaming',
          replyTo,
          createdAt: at(),
        })
        .run();
      return messageId;
    },

    /** An answer that had ended goes on behind what is there. */
    resumeAnswer: (messageId: string) =>
      write(messageId, { state: 'streaming', cards: [], error: null, endedAt: null }),

    chooseAnswer(messageId: string, replyTo: string): void {
      orm
        .update(message)
        .set({ isCurrent: sql`${message.messageId} = ${messageId}` })
        .where(eq(message.replyTo, replyTo))
        .run();
    },

    /** What has come so far. Tells no listener: they hear the words themselves. */
    saveText(messageId: string, text: string): void {
      orm
        .update(message)
        .set({ text })
        .where(and(eq(message.messageId, messageId), eq(message.state, 'streaming')))
        .run();
    },

    /** Before the first word, which does not wait for the disk: the words that are saved next bring this with them. */
    saveSources(
      messageId: string,
      sources: { model: string; citations: Citation[]; context: ContextMeter },
    ): void {
      database.withoutSync(() => write(messageId, sources));
    },

    saveCitations: (messageId: string, citations: Citation[]) => write(messageId, { citations }),

    saveCards: (messageId: string, cards: MessageCard[]) => write(messageId, { cards }),

    endAnswer(messageId: string, { state, text, error }: AnswerEnd): void {
      write(messageId, { state, text, error, endedAt: at() });
    },

    /** Answers that nobody writes any more after a restart. */
    listStreaming(): MessageRow[] {
      return orm.select().from(message).where(eq(message.state, 'streaming')).all();
    },

    findStreaming(conversationId: string): MessageRow | undefined {
      return orm
        .select()
        .from(message)
        .where(and(eq(message.conversationId, conversationId), eq(message.state, 'streaming')))
        .get();
    },

    /** Copies what a conversation shows up to and with one message into another one. */
    copyUpTo(rows: readonly MessageRow[], toConversationId: string): void {
      const newIds = new Map(rows.map(({ messageId }) => [messageId, randomUUID()]));
      for (const row of rows) {
        const copy: Partial<MessageRow> & Omit<MessageRow, 'rowId'> = { ...row };
        delete copy.rowId;
        orm
          .insert(message)
          .values({
            ...copy,
            messageId: newIds.get(row.messageId) ?? randomUUID(),
            conversationId: toConversationId,
            replyTo: row.replyTo === null ? null : (newIds.get(row.replyTo) ?? null),
          })
          .run();
      }
    },
  };
}
