import type { AgentCommand } from '../../../src-shared/domain/http-door.ts';

/** Stands where the person puts the secret of a token. */
export const tokenPlaceholder = 'YOUR TOKEN';

/** What agents that speak MCP read to start a server: the command line of Longhand is one. */
export function commandConfiguration(command: AgentCommand): string {
  return JSON.stringify({ mcpServers: { longhand: command } }, null, 2);
}

/** The same through the open door, for agents that only speak HTTP. */
export function doorConfiguration(mcpUrl: string): string {
  const headers = { Authorization: `Bearer ${tokenPlaceholder}` };
  return JSON.stringify({ mcpServers: { longhand: { type: 'http', url: mcpUrl, headers } } }, null, 2);
}
