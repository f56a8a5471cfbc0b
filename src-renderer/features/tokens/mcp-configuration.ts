/** Stands where the person puts the secret of a token. */
export const tokenPlaceholder = 'YOUR TOKEN';

/** What agents that speak MCP read to start a server: the command line of Longhand is one. */
export function commandConfiguration(): string {
  return JSON.stringify({ mcpServers: { longhand: { command: 'longhand', args: ['mcp'] } } }, null, 2);
}

/** The same through the open door, for agents that only speak HTTP. */
export function doorConfiguration(mcpUrl: string): string {
  const headers = { Authorization: `Bearer ${tokenPlaceholder}` };
  return JSON.stringify({ mcpServers: { longhand: { type: 'http', url: mcpUrl, headers } } }, null, 2);
}
