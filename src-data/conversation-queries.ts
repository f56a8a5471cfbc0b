import { count, eq, inArray, sql } from 'drizzle-orm';
import type { CommandOutput, ParsedInput } from '../src-shared/contract/registry.ts';
import type { Conversation, ConversationSummary, Message } from '../src-shared/domain/conversation.ts';
import { estimateTokens } from '../src-shared/domain/estimate-tokens.ts';
import { createConversationRepository, type ConversationRow } from './conversations.ts';
import type { LibraryDatabase } from './database.ts';
import { createMessageRepository, type MessageRow } from './messages.ts';
import { asset, segment } from './schema.ts';
import { conversation, message } from './schema/conversations.ts';
import { matchEnd, matchStart, toPrefixTerms } from './search-query.ts';

const snippetTokens = 16;

export type ConversationQueries = ReturnType<typeof createConversationQueries>;

/** What the screens ask for of conversations: the list, search, and one in full. */
export function createConversationQueries(database: LibraryDatabase) {
  const { orm, sqlite } = database;
  const conversations = createConversationRepository(database);
  const messages = createMessageRepository(database);

  function summarise(rows: readonly ConversationRow[]): ConversationSummary[] {
    const counts = orm
      .select({
        conversationId: message.conversationId,
        messageCount: count(),
        streamingCount: sql<number>`sum(${message.state} = 'streaming')`,
      })
      .from(message)
      .where(
        inArray(
          message.conversationId,
          rows.map((row) => row.conversationId),
        ),
      )
      .groupBy(message.conversationId)
      .all();
    const countOf = new Map(counts.map((entry) => [entry.conversationId, entry]));
    return rows.map((row) => ({
      conversationId: row.conversationId,
      title: row.title,
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      messageCount: countOf.get(row.conversationId)?.messageCount ?? 0,
      isAnswering: (countOf.get(row.conversationId)?.streamingCount ?? 0) > 0,
      hasUnsentDraft: row.draftText.trim() !== '' || row.draftAssetIds.length > 0,
    }));
  }

  function findIds(text: string | undefined): number[] {
    const terms = text === undefined ? [] : toPrefixTerms(text);
    if (terms.length === 0 && text !== undefined && text.trim() !== '') return [];
    const clauses = terms.map(
      () => `row_id IN (
        SELECT rowid FROM conversation_fts WHERE conversation_fts MATCH ?
        UNION ALL SELECT conversation.row_id FROM message_fts
          JOIN message ON message.row_id = message_fts.rowid
          JOIN conversation USING (conversation_id)
          WHERE message_fts MATCH ? AND message.is_current)`,
    );
    const where = clauses.length === 0 ? '' : `WHERE ${clauses.join(' AND ')}`;
    return sqlite
      .prepare<unknown[], number>(
        `SELECT row_id FROM conversation ${where} ORDER BY updated_at DESC, row_id DESC`,
      )
      .pluck()
      .all(...terms.flatMap((term) => [term.own, term.spoken]));
  }

  function findMatch(conversationId: string, text: string | undefined) {
    const terms = text === undefined ? [] : toPrefixTerms(text);
    if (terms.length === 0) return null;
    const found = sqlite
      .prepare<unknown[], { messageId: string; snippet: string }>(
        `SELECT message.message_id AS messageId, snippet(message_fts, 0, ?, ?, '…', ${snippetTokens}) AS snippet
         FROM message_fts JOIN message ON message.row_id = message_fts.rowid
         WHERE message_fts MATCH ? AND message.conversation_id = ? AND message.is_current
         ORDER BY message_fts.rowid DESC LIMIT 1`,
      )
      .get(matchStart, matchEnd, terms.map((term) => term.spoken).join(' OR '), conversationId);
    return found ?? null;
  }

  return {
    list({ text, offset, limit }: ParsedInput<'list-conversations'>): CommandOutput<'list-conversations'> {
      const rowIds = findIds(text);
      const page = rowIds.slice(offset, offset + limit);
      const rows = orm.select().from(conversation).where(inArray(conversation.rowId, page)).all();
      const byId = new Map(rows.map((row) => [row.rowId, row]));
      const ordered = page.flatMap((rowId) => byId.get(rowId) ?? []);
      return {
        totalCount: rowIds.length,
        items: summarise(ordered).map((item) => ({ ...item, match: findMatch(item.conversationId, text) })),
      };
    },

    /** @throws AppError `input.not-found` */
    summary(conversationId: string): ConversationSummary {
      const [only] = summarise([conversations.get(conversationId)]);
      if (only === undefined) throw new Error('a summary for every row');
      return only;
    },

    /** `readLive`: what has come of an answer that is being written, beyond what is saved. */
    read(
      conversationId: string,
      readLive: (messageId: string) => { text: string; sequence: number } | undefined,
    ): Conversation {
      const row = conversations.get(conversationId);
      const [summary] = summarise([row]);
      if (summary === undefined) throw new Error('a summary for every row');
      const versions = new Map<string, string[]>();
      for (const { replyTo, messageId } of messages.listAll(conversationId)) {
        if (replyTo !== null) versions.set(replyTo, [...(versions.get(replyTo) ?? []), messageId]);
      }
      return {
        ...summary,
        draft: { text: row.draftText, assetIds: row.draftAssetIds },
        assets: conversations.listAssetIds(conversationId).flatMap((assetId) => {
          const facts = orm.select().from(asset).where(eq(asset.assetId, assetId)).get();
          if (facts === undefined) return [];
          const { title, durationMs } = facts;
          return [{ assetId, title, durationMs, transcriptTokens: countTokens(assetId) }];
        }),
        messages: messages
          .listCurrent(conversationId)
          .map((entry) =>
            toMessage(entry, versions.get(entry.replyTo ?? '') ?? [], readLive(entry.messageId)),
          ),
      };
    },
  };

  function countTokens(assetId: string): number {
    return orm
      .select({ text: segment.text })
      .from(segment)
      .where(eq(segment.assetId, assetId))
      .all()
      .reduce((sum, { text }) => sum + estimateTokens(text), 0);
  }
}

function toMessage(
  row: MessageRow,
  versions: string[],
  live: { text: string; sequence: number } | undefined,
): Message {
  const { messageId, conversationId, role, state, replyTo, assetIds, model, citations, cards, context } = row;
  const { error, createdAt, endedAt } = row;
  const { text, sequence } = live ?? { text: row.text, sequence: 0 };
  return {
    messageId,
    conversationId,
    role,
    state,
    text,
    sequence,
    replyTo,
    versions,
    assetIds,
    model,
    citations,
    cards,
    context,
    error,
    createdAt,
    endedAt,
  };
}
