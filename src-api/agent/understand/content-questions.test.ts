import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { Names } from './names.ts';
import { understand } from './understand.ts';

const names: Names = { accounts: [], posts: [], assets: [], folders: [] };
const now = DateTime.fromISO('2026-11-25T14:00', { zone: 'Europe/Berlin' });

function commandsOf(wish: string, hasAttached: boolean): string[] {
  const { intents, guesses } = understand(wish, { now, names, hasAttached, usualLanguage: 'en' });
  return [...intents.map(({ command }) => command), ...guesses];
}

describe('a question about what was said', () => {
  it.each([
    'Was there a needle?',
    'What was planned for the bakery?',
    'Was war für die Bäckerei geplant?',
    'Hat er die Idee erklärt?',
    'Are you there?',
    'What did she say about the budget?',
    'what did he say about the schedule',
    'What happened to the bakery?',
    'Thank you',
    'Was sagt sie über das Budget?',
    '¿De qué habla la grabación?',
    'Y avait-il une aiguille ?',
  ])('is no command: %s', (wish) => {
    expect(commandsOf(wish, false)).toEqual([]);
    expect(commandsOf(wish, true)).toEqual([]);
  });

  it.each([
    ['Where in the recording do they talk about the oven?', 'search-library'],
    ['What is running in the background noise?', 'list-activity'],
  ])('is no command where a recording is attached: %s', (wish, command) => {
    expect(commandsOf(wish, true)).toEqual([]);
    expect(commandsOf(wish, false)).toEqual([command]);
  });
});

describe('a wish for what a command gives', () => {
  it.each([
    ['What is scheduled for tomorrow?', 'look-up'],
    ['What was planned for yesterday?', 'look-up'],
    ['Was war für gestern geplant?', 'look-up'],
    ['Was läuft morgen raus?', 'look-up'],
    ['How did my posts do?', 'summarise-analytics'],
    ['Why was this not posted?', 'explain-what-happened'],
    ['What happened?', 'explain-what-happened'],
    ['What should I post about the oven?', 'generate-ideas'],
    ['In which recording did I mention the oven?', 'search-library'],
    ['Cancel the post', 'cancel-post'],
  ])('stays one, whatever is attached: %s', (wish, command) => {
    expect(commandsOf(wish, false)).toEqual([command]);
    expect(commandsOf(wish, true)).toEqual([command]);
  });
});
