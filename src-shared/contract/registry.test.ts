import { describe, expect, it } from 'vitest';
import { durableToolResultSchema, type Mode } from './define-command.ts';
import {
  commandDefinition,
  commandMethodName,
  commandNames,
  commandRoute,
  describeCommands,
  type CommandName,
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

  it('gives every command the mode that it deserves', () => {
    const modes: Record<Mode, CommandName[]> = {
      think: [
        ...(['generate-ideas', 'draft-caption', 'preview-plan', 'search-library', 'read-metadata'] as const),
        ...(['look-up', 'summarise-analytics', 'explain-what-happened', 'send-message'] as const),
      ],
      // What the world will see, and what takes long: the download of a model too.
      commit: [
        ...(['schedule-post', 'reschedule-post', 'cancel-post', 'publish-now', 'schedule-plan'] as const),
        ...(['ingest-media', 'describe-asset', 'render-variant', 'pull-chat-model'] as const),
      ],
      loop: ['watch-folder', 'pause-watch-folder', 'resume-watch-folder', 'remove-watch-folder'],
    };
    for (const [mode, names] of Object.entries(modes))
      for (const name of names) expect(commandDefinition(name).mode, name).toBe(mode);
  });

  it('can be written down as JSON schemas', () => {
    for (const reference of describeCommands()) {
      expect(reference.inputSchema).toMatchObject({ type: 'object' });
      expect(reference.outputSchema).toMatchObject({ type: 'object' });
    }
  });
});
