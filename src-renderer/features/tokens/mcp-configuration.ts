/** What agents that speak MCP read to start a server; the command line of Longhand is one. */
export function mcpConfiguration(): string {
  return JSON.stringify({ mcpServers: { longhand: { command: 'longhand', args: ['mcp'] } } }, null, 2);
}
