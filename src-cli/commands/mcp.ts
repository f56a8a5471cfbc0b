import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  isInitializeRequest,
  isJSONRPCRequest,
  type JSONRPCMessage,
} from '@modelcontextprotocol/sdk/types.js';
import { once } from 'node:events';
import { Agent } from 'undici';
import { localDoorHeaders } from '../../src-node/local-door.ts';
import { exitCodes } from '../exit-codes.ts';
import { withConnection, type CommandWork } from '../run-command.ts';

/** JSON-RPC's range for errors of the server: https://www.jsonrpc.org/specification#error_object */
const serverErrorCode = -32_000;

/**
 * A server of the Model Context Protocol on standard input and output. It hands each message to the api process, which
 * has the one implementation, so that it goes on after the api was started again. With `LONGHAND_TOKEN` it acts for that
 * token, else as an agent whose commitments the person approves.
 */
export function createMcpCommand(): CommandWork {
  return (context) =>
    withConnection(context, async () => {
      const dispatcher = new Agent({ connect: { socketPath: context.dataFolder.apiSocket } });
      const token = process.env['LONGHAND_TOKEN'];
      const stdio = new StdioServerTransport();
      const http = new StreamableHTTPClientTransport(new URL('http://localhost/mcp'), {
        // Node's own option, which the types of the web do not know.
        fetch: (url, init) => {
          const options: object = { ...init, dispatcher };
          return fetch(url, options);
        },
        requestInit: {
          headers:
            token === undefined || token === ''
              ? { [localDoorHeaders.client]: 'mcp' }
              : { authorization: `Bearer ${token}` },
        },
      });
      const answer = (message: JSONRPCMessage): void => {
        stdio.send(message).catch((error: unknown) => context.terminal.tell(`longhand: ${String(error)}`));
      };
      http.onmessage = answer;
      stdio.onmessage = (message) => {
        if (isInitializeRequest(message)) http.setProtocolVersion(message.params.protocolVersion);
        http.send(message).catch((error: unknown) => {
          context.terminal.tell(`longhand: a message was not answered: ${String(error)}`);
          if (isJSONRPCRequest(message)) answer(toJsonRpcError(message.id));
        });
      };
      await http.start();
      await stdio.start();
      await Promise.race([once(process.stdin, 'end'), once(process.stdin, 'close'), aborted(context.signal)]);
      await stdio.close();
      await http.close();
      await dispatcher.close();
      return exitCodes.done;
    });
}

function toJsonRpcError(id: string | number): JSONRPCMessage {
  const message =
    'Longhand is starting, or starting again. Nothing is lost; what you asked for was perhaps not done. Try again in a moment.';
  return { jsonrpc: '2.0', id, error: { code: serverErrorCode, message } };
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
