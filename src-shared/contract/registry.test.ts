import { describe, expect, it } from 'vitest';
import { durableToolResultSchema } from './define-command.ts';
import {
  commandDefinition,
  commandMethodName,
  commandNames,
  commandRoute,
  describeCommands,
} from './registry.ts';

describe('the contract', () => {
  it('gives every command a route of its own', () => {
    expect(new Set(commandNames.map(commandRoute)).size).toBe(commandNames.length);
  });

  it('gives every command a method name without hyphens', () => {
    for (const name of commandNames) expect(commandMethodName(name)).toMatch(/^[a-z][A-Za-z]+$/);
  });

  it('answers every commit and loop command with a durable result and nothing stronger', () => {
    for (const name of commandNames) {
      const { mode, output } = commandDefinition(name);
      expect(output === durableToolResultSchema, name).toBe(mode !== 'think');
    }
  });

  it('can be written down as JSON schemas', () => {
    for (const reference of describeCommands()) {
      expect(reference.inputSchema).toMatchObject({ type: 'object' });
      expect(reference.outputSchema).toMatchObject({ type: 'object' });
    }
  });
});
