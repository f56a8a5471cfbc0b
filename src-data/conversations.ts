import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { UnsentDraft } from '../src-shared/domain/conversation.ts';
import { recordNotFound } from './database-errors.ts';
import type { LibraryDatabase } from './database.ts';
import { asset } from './schema.ts';
import { conversation, conversationAsset } from './schema/conversations.ts';

export type ConversationRow = typeof conversation.$inferSelect;

export type ConversationRepository = ReturnType<typeof createConversationRepository>;

/** Conversations with what is attached to them and what is not sent yet. Their messages: see `messages.ts`. */
export function createConversationRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;

  function write(conversationId: string, values: Partial<typeof conversation.$inferInsert>): void {
    const { changes } = orm
      .update(conversation)
      .set(values)
      .where(eq(conversation.conversationId, conversationId))
      .run();
    if (changes === 0) throw conversationNotFound(conversationId);
  }

  function find(conversationId: string): ConversationRow | undefined {
    return orm.select().from(conversation).where(eq(conversation.conversationId, conversationId)).get();
  }

  return {
    find,

    /** @throws AppError `input.not-found` */
    get(conversationId: string): ConversationRow {
      const row = find(conversationId);
      if (row === undefined) throw conversationNotFound(conversationId);
      return row;
    },

    /** Returns the id of the new one. */
    create(facts: { title: string; isTitleGiven: boolean }): string {
      const conversationId = randomUUID();
      const at = now().toISOString();
      orm
        .insert(conversation)
        .values({ conversationId, ...facts, createdAt: at, updatedAt: at })
        .run();
      return conversationId;
    },

    rename: (conversationId: string, title: string) => write(conversationId, { title, isTitleGiven: true }),

    /** Names it after its first message, unless the person has given it a title. */
    suggestTitle(conversationId: string, title: string): void {
      orm
        .update(conversation)
        .set({ title })
        .where(and(eq(conversation.conversationId, conversationId), eq(conversation.isTitleGiven, false)))
        .run();
    },

    /** Something was said: it becomes the latest. */
    touch: (conversationId: string) => write(conversationId, { updatedAt: now().toISOString() }),

    saveDraft: (conversationId: string, { text, assetIds }: UnsentDraft) =>
      write(conversationId, { draftText: text, draftAssetIds: assetIds }),

    remove(conversationId: string): void {
      orm.delete(conversation).where(eq(conversation.conversationId, conversationId)).run();
    },

    /** What is there already stays; recordings that were removed meanwhile are left out. */
    attach(conversationId: string, assetIds: readonly string[]): void {
      const present = orm
        .select({ assetId: asset.assetId })
        .from(asset)
        .where(inArray(asset.assetId, [...assetIds]))
        .all();
      for (const { assetId } of present) {
        orm
          .insert(conversationAsset)
          .values({ conversationId, assetId, createdAt: now().toISOString() })
          .onConflictDoNothing()
          .run();
      }
    },

    detach(conversationId: string, assetId: string): void {
      orm
        .delete(conversationAsset)
        .where(
          and(eq(conversationAsset.conversationId, conversationId), eq(conversationAsset.assetId, assetId)),
        )
        .run();
    },

    /** In the order in which they were attached. */
    listAssetIds(conversationId: string): string[] {
      return orm
        .select({ assetId: conversationAsset.assetId })
        .from(conversationAsset)
        .where(eq(conversationAsset.conversationId, conversationId))
        .orderBy(asc(conversationAsset.createdAt), asc(conversationAsset.assetId))
        .all()
        .map((row) => row.assetId);
    },
  };
}

function conversationNotFound(conversationId: string) {
  return recordNotFound('This conversation', conversationId);
}
