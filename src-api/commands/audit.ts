import type { QueryHandler } from './handler-types.ts';

export const searchAudit: QueryHandler<'search-audit'> = {
  answer: ({ limit, ...filter }, { audit }) => {
    const rows = audit.search({ ...filter, limit: limit + 1 });
    return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
  },
};

export const exportAudit: QueryHandler<'export-audit'> = {
  answer: ({ after, limit, ...between }, { audit, now }) => {
    const rows = audit.listAfter(after, limit + 1, between);
    const part = rows.slice(0, limit);
    return {
      fileName: `longhand-audit-${now().toISOString().slice(0, 10)}.jsonl`,
      mimeType: 'application/jsonl',
      text: part.map((row) => `${JSON.stringify(row)}\n`).join(''),
      rowCount: part.length,
      lastSequence: part.at(-1)?.sequence ?? after,
      hasMore: rows.length > limit,
    };
  },
};

export const verifyAudit: QueryHandler<'verify-audit'> = {
  async answer(_input, { audit }) {
    const { rowCount, firstBrokenSequence, newestHash } = await audit.verify();
    return { isWhole: firstBrokenSequence === null, rowCount, firstBrokenSequence, newestHash };
  },
};
