/** One step of the schema. A shipped migration is never edited and imports no live code. */
export interface Migration {
  version: number;
  name: string;
  sql: string;
}
