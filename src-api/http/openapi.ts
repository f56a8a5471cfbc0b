import { z } from 'zod';
import {
  commandDefinition,
  describeCommands,
  type CommandReference,
} from '../../src-shared/contract/registry.ts';
import { appErrorDtoSchema } from '../../src-shared/domain/errors.ts';

/** The contract as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1.html), made from the registry. */
export function describeOpenApi(appVersion: string): Record<string, unknown> {
  const commands = describeCommands();
  return {
    openapi: '3.1.1',
    info: {
      title: 'Longhand',
      version: appVersion,
      description:
        'The commands of a Longhand on this computer. Think commands answer with their result; commit and loop commands answer `accepted` or `scheduled`, and the work goes on by itself.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    tags: [...new Set(commands.map(areaOf))].map((name) => ({ name })),
    paths: Object.fromEntries(
      commands.map((command) => [command.route, { post: describeOperation(command) }]),
    ),
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token made under Settings, API access. It carries scopes and can be revoked.',
        },
      },
      schemas: { Error: withoutDialect(z.toJSONSchema(appErrorDtoSchema)) },
      responses: {
        Error: {
          description: 'Nothing was changed. `userMessage` says what happened and what to do.',
          headers: {
            'Retry-After': {
              description: 'Seconds to wait, where waiting helps.',
              schema: { type: 'integer' },
            },
          },
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
    },
  };
}

function describeOperation(command: CommandReference): Record<string, unknown> {
  const { name, mode, title, description, scope, inputSchema, outputSchema } = command;
  const { changesState } = commandDefinition(name);
  return {
    operationId: name,
    summary: title,
    description: `${description}\n\nMode: ${mode}. Scope: \`${scope}\`.`,
    tags: [areaOf(command)],
    ...(changesState
      ? {
          parameters: [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              description:
                'The same key with the same body gives the same answer, and nothing is done twice.',
              schema: { type: 'string', minLength: 1, maxLength: 300 },
            },
          ],
        }
      : {}),
    requestBody: {
      required: false,
      content: { 'application/json': { schema: withoutDialect(inputSchema) } },
    },
    responses: {
      [mode === 'think' ? '200' : '202']: {
        description: mode === 'think' ? 'The result.' : 'Recorded; the work goes on by itself.',
        content: { 'application/json': { schema: withoutDialect(outputSchema) } },
      },
      default: { $ref: '#/components/responses/Error' },
    },
  };
}

function areaOf({ route }: CommandReference): string {
  return route.split('/')[1] ?? '';
}

/** OpenAPI 3.1 names the dialect of its schemas once. */
function withoutDialect(schema: unknown): unknown {
  return { ...(schema as object), $schema: undefined };
}
