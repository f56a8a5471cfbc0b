import { integer, text } from 'drizzle-orm/sqlite-core';

/** True or false, stored as 1 or 0. */
export const flag = (name: string) => integer(name, { mode: 'boolean' });

/** A value stored as JSON text. */
export const json = <Value>(name: string) => text(name, { mode: 'json' }).$type<Value>();
