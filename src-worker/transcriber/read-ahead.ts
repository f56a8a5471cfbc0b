/**
 * Gives what `source` gives, asking for the next value while the present one is used. One value at most waits, and an
 * error comes after the values before it.
 */
export async function* readAhead<Value>(source: AsyncIterable<Value>): AsyncGenerator<Value> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    let next = settle(iterator.next());
    for (;;) {
      const { result, error } = await next;
      if (result === undefined) throw error;
      if (result.done === true) return;
      next = settle(iterator.next());
      yield result.value;
    }
  } finally {
    await iterator.return?.();
  }
}

interface Settled<Value> {
  result?: IteratorResult<Value, unknown>;
  error?: unknown;
}

/** Nobody listens to a failure until its turn comes, so it must not count as unheard until then. */
async function settle<Value>(asked: Promise<IteratorResult<Value, unknown>>): Promise<Settled<Value>> {
  try {
    return { result: await asked };
  } catch (error) {
    return { error };
  }
}
