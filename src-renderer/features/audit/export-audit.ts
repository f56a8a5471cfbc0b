/** A part of the audit, as the export answers it. */
export interface AuditPart {
  fileName: string;
  text: string;
  rowCount: number;
  lastSequence: number;
  hasMore: boolean;
}

/** Reads one part after the other until there are no more, and puts them together. */
export async function joinParts(
  read: (after: number) => Promise<AuditPart>,
): Promise<Pick<AuditPart, 'fileName' | 'text' | 'rowCount'>> {
  const first = await read(0);
  let { text, rowCount, lastSequence, hasMore } = first;
  while (hasMore) {
    const next = await read(lastSequence);
    text += next.text;
    rowCount += next.rowCount;
    hasMore = next.hasMore && next.lastSequence > lastSequence;
    lastSequence = next.lastSequence;
  }
  return { fileName: first.fileName, text, rowCount };
}
