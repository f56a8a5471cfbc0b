import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import type { Context } from 'hono';
import { createMcpServer, type McpServerOptions } from '../mcp/create-mcp-server.ts';

/**
 * Answers one request of the Model Context Protocol's streamable HTTP transport (revision 2025-06-18). Without sessions:
 * nothing is kept between requests, so a client goes on after the api process was started again.
 */
export async function answerMcp(context: Context, options: McpServerOptions): Promise<Response> {
  // There is nothing that the server would say unasked, so there is no stream to open and no session to end.
  if (context.req.method !== 'POST') return context.body(null, 405, { allow: 'POST' });
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  const server = createMcpServer(options);
  await server.connect(transport);
  try {
    return await transport.handleRequest(context.req.raw);
  } finally {
    await server.close();
  }
}
