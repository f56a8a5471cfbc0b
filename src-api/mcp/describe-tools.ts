import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import type { Mode } from '../../src-shared/contract/define-command.ts';
import {
  commandDefinition,
  describeCommands,
  isCommandName,
  type CommandName,
} from '../../src-shared/contract/registry.ts';
import type { Scope } from '../../src-shared/domain/access.ts';

/** The argument that a tool has besides those of its command. */
export const idempotencyKeyArgument = 'idempotencyKey';

const modeSentences: Readonly<Record<Mode, string>> = {
  think: 'Answered at once.',
  commit:
    'A commitment: the answer says accepted or scheduled, never done. It may wait for the approval of the person.',
  loop: 'Begins or steers work that goes on by itself. It may wait for the approval of the person.',
};

/** The commands that these scopes allow, as tools of the Model Context Protocol (revision 2025-06-18). */
export function describeTools(scopes: ReadonlySet<Scope>): Tool[] {
  return allTools.filter(({ scope }) => scopes.has(scope)).map(({ tool }) => tool);
}

/** The command behind a tool, where there is one. */
export function findToolCommand(toolName: string): CommandName | undefined {
  return isCommandName(toolName) ? toolName : undefined;
}

const allTools = describeCommands().map(({ name, mode, title, description, inputSchema, outputSchema }) => {
  const { changesState, scope, agentsNeedApproval } = commandDefinition(name);
  const tool: Tool = {
    name,
    title,
    description: `${description} ${modeSentences[mode]}`,
    inputSchema: changesState ? withIdempotencyKey(inputSchema) : asObjectSchema(inputSchema),
    // Where the answer may be about an approval instead, its form is not promised.
    ...(mode === 'think' && agentsNeedApproval ? {} : { outputSchema: asObjectSchema(outputSchema) }),
    annotations: { title, readOnlyHint: !changesState, openWorldHint: false },
    _meta: { 'longhand/mode': mode },
  };
  return { scope, tool };
});

type ObjectSchema = Tool['inputSchema'];

/** Every command takes and answers an object; `registry.test.ts` holds them to it. */
function asObjectSchema(schema: unknown): ObjectSchema {
  return schema as ObjectSchema;
}

function withIdempotencyKey(schema: unknown): ObjectSchema {
  const object = asObjectSchema(schema);
  return {
    ...object,
    properties: {
      ...object.properties,
      [idempotencyKeyArgument]: {
        type: 'string',
        minLength: 1,
        maxLength: 300,
        description: 'The same key with the same arguments gives the same answer, and nothing is done twice.',
      },
    },
  };
}
