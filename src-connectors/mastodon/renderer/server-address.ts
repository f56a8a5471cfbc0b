/** "https://mastodon.social" for what people write: "mastodon.social", "@me@mastodon.social", an address with a path. */
export function toServerAddress(text: string): string | null {
  const trimmed = text.trim();
  const host = /^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed.split('@').at(-1) ?? ''}`;
  if (!URL.canParse(host)) return null;
  const { origin, hostname } = new URL(host);
  return hostname.includes('.') || hostname === 'localhost' ? origin : null;
}
