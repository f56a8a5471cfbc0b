import { z } from 'zod';
import type { Result } from '../domain/errors.ts';
import { accountCommands } from './account-commands.ts';
import { chatCommands } from './chat-commands.ts';
import { accessCommands } from './access-commands.ts';
import { approvalCommands } from './approval-commands.ts';
import { auditCommands } from './audit-commands.ts';
import { deletionCommands } from './deletion-commands.ts';
import type { CommandDefinition, Mode } from './define-command.ts';
import { folderCommands } from './folder-commands.ts';
import { libraryCommands } from './library-commands.ts';
import { modelCommands } from './model-commands.ts';
import { postCommands } from './post-commands.ts';
import { publishingCommands } from './publishing-commands.ts';
import { renderingCommands } from './rendering-commands.ts';
import { systemCommands } from './system-commands.ts';
import { thinkCommands } from './think-commands.ts';

/** Every capability of Longhand, declared once. All doors are made from this. */
export const commands = {
  ...libraryCommands,
  ...folderCommands,
  ...modelCommands,
  ...postCommands,
  ...publishingCommands,
  ...deletionCommands,
  ...renderingCommands,
  ...systemCommands,
  ...thinkCommands,
  ...accountCommands,
  ...chatCommands,
  ...approvalCommands,
  ...accessCommands,
  ...auditCommands,
};

type Commands = typeof commands;
export type CommandName = keyof Commands;
/** What a caller gives; defaults may be left out. */
export type CommandInput<Name extends CommandName> = z.input<Commands[Name]['input']>;
/** What a handler receives, after validation. */
export type ParsedInput<Name extends CommandName> = z.output<Commands[Name]['input']>;
export type CommandOutput<Name extends CommandName> = z.output<Commands[Name]['output']>;
export type CommandsOfMode<CommandMode extends Mode> = {
  [Name in CommandName]: Commands[Name] extends CommandDefinition<z.ZodType, z.ZodType, CommandMode>
    ? Name
    : never;
}[CommandName];

export const commandNames = Object.keys(commands) as CommandName[];

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

/** The definition of a command with its exact types hidden, for code that treats all commands alike. */
export function commandDefinition(name: CommandName): CommandDefinition {
  return commands[name];
}

/** The route under which a command is reached on every HTTP door. */
export function commandRoute(name: CommandName): string {
  return `/${commands[name].area}/${name}`;
}

type CamelCase<Text extends string> = Text extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Text;

/** `search-library` becomes `searchLibrary`: the name of the method that a typed client has for a command. */
export function commandMethodName<Name extends CommandName>(name: Name): CamelCase<Name> {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()) as CamelCase<Name>;
}

export interface CallOptions {
  /** Same key and same input: the same answer, without doing it twice. */
  idempotencyKey?: string;
}

/** One method per command, as the window and other typed clients see them. Nothing is thrown. */
export type CommandClient = {
  [Name in CommandName as CamelCase<Name>]: (
    input: CommandInput<Name>,
    options?: CallOptions,
  ) => Promise<Result<CommandOutput<Name>>>;
};

export interface CommandReference {
  name: CommandName;
  mode: Mode;
  title: string;
  description: string;
  scope: string;
  route: string;
  inputSchema: unknown;
  outputSchema: unknown;
}

/** The whole contract as data, with JSON schemas: for the command line, documents and other programs. */
export function describeCommands(): CommandReference[] {
  return commandNames.map((name) => {
    const definition = commandDefinition(name);
    return {
      name,
      mode: definition.mode,
      title: definition.title,
      description: definition.description,
      scope: definition.scope,
      route: commandRoute(name),
      inputSchema: z.toJSONSchema(definition.input, { io: 'input' }),
      outputSchema: z.toJSONSchema(definition.output, { io: 'output' }),
    };
  });
}
