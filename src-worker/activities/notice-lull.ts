/** Long enough that a slow line is not taken for none. */
const defaultQuietAfterMs = 10_000;

/** Whether nothing has come for a while: asked with all that came so far. */
export function noticeLull({ quietAfterMs = defaultQuietAfterMs, now = Date.now } = {}) {
  let most = 0;
  let movedAt = now();
  return (bytes: number): boolean => {
    if (bytes > most) {
      most = bytes;
      movedAt = now();
    }
    return now() - movedAt >= quietAfterMs;
  };
}
