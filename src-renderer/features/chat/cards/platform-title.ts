const titles = new Map([
  ['bluesky', 'Bluesky'],
  ['mastodon', 'Mastodon'],
  ['feed', 'Feed'],
  ['manual', 'Copy and mark'],
]);

export function platformTitle(platform: string): string {
  return titles.get(platform) ?? platform;
}
