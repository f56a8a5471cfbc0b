const longestAnswer = 300;

/** What a platform has answered, as the end of a sentence of ours: not too long, and with one full stop. */
export function quoteAnswer(message: string): string {
  const plain = message.trim();
  return plain.length <= longestAnswer
    ? `${plain.replace(/\.+$/, '')}.`
    : `${plain.slice(0, longestAnswer).trimEnd()}…`;
}
