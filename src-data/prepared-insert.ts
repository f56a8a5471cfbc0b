import { sql, type InferInsertModel } from 'drizzle-orm';
import type { SQLiteInsertValue, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Orm } from './database.ts';

/**
 * An insert whose text is made once. Each row gives every one of these columns, and a JSON column never null: drizzle
 * would write the text `null`. What stands in no row gets its default.
 */
export function prepareInsert<
  Table extends SQLiteTable,
  Column extends keyof InferInsertModel<Table> & string,
>(
  orm: Orm,
  table: Table,
  columns: readonly Column[],
): (row: Pick<Required<InferInsertModel<Table>>, Column>) => void {
  const values = Object.fromEntries(columns.map((column) => [column, sql.placeholder(column)]));
  const insert = orm
    .insert(table)
    .values(values as SQLiteInsertValue<Table>)
    .prepare();
  return (row) => void insert.run(row);
}
