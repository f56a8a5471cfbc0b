import type { Context } from 'hono';
import { localDoorHeaders } from '../../src-node/local-door.ts';
import { apiTokenPrefix } from '../../src-shared/domain/access.ts';
import type { Credentials } from '../boundary/principal.ts';

const bearerPrefix = 'Bearer ';

/**
 * Who comes in through the local door: the worker and holders of API tokens show them, everyone else is the owner of
 * the data folder and says which program it is; an MCP client that the owner has started has an agent's rights only.
 * Whether that is enough, the boundary decides.
 */
export function readLocalCredentials(context: Context): Credentials {
  const authorization = context.req.header('authorization');
  if (authorization?.startsWith(bearerPrefix) === true) {
    const token = authorization.slice(bearerPrefix.length);
    return { kind: token.startsWith(apiTokenPrefix) ? 'token' : 'internal-token', token };
  }
  const client = context.req.header(localDoorHeaders.client);
  if (client === 'mcp') return { kind: 'agent', client };
  return { kind: 'owner', client: client === 'window' ? 'window' : 'command-line' };
}
