import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { commandDefinition, commandNames, type CommandName } from '../../../src-shared/contract/registry.ts';
import { modeOf, originOf } from '../reasons.ts';
import { resolveWhen } from '../time/resolve-when.ts';
import { findNames, type Names } from '../understand/names.ts';
import { readClauses } from '../understand/clauses.ts';
import { understand } from '../understand/understand.ts';
import { detectLanguage, wishLanguages } from '../words/language.ts';
import { phrasesIn, writeMoment } from './phrases.ts';

const now = DateTime.fromISO('2026-11-25T14:00', { zone: 'Europe/Berlin' });
const names: Names = {
  accounts: [{ accountId: 'one', platform: 'bluesky', name: 'Mira', handle: '@mira.example' }],
  posts: [],
  assets: [],
  folders: [],
};

describe.each(wishLanguages)('in %s', (language) => {
  const phrases = phrasesIn[language];

  it('what is offered is understood when it is said', () => {
    for (const [command, { wish }] of Object.entries(phrases.offers)) {
      expect(detectLanguage(wish) ?? language, wish).toBe(language);
      const { intents } = understand(wish, { now, names, usualLanguage: language, hasAttached: false });
      expect(
        intents.map((intent) => intent.command),
        wish,
      ).toEqual([command]);
    }
  });

  it('every card says in one sentence why its command is done in its mode', () => {
    const reasons = commandNames.map((command) => originOf(command, modeOf(command), { phrases }));
    for (const { command, mode, reason } of reasons) {
      expect(mode, command).toBe(commandDefinition(command as CommandName).mode);
      expect(reason, command).toMatch(/^\p{Lu}[^.!?]+\.$/u);
    }
    // What the assistant proposes has a reason of its own; of the same kind it may be the same.
    const own = Object.keys(phrases.reasonOf).map(
      (command) => originOf(command, 'commit', { phrases }).reason,
    );
    expect(own).not.toContain(phrases.reasonOfMode.commit);
    expect(new Set(own).size).toBeGreaterThan(6);
  });

  it('the times and accounts that are offered are understood when they are said', () => {
    const kindOf = (wish: string) => resolveWhen(wish, { language, now }).when.kind;
    expect(detectLanguage(phrases.now.wish) ?? language).toBe(language);
    expect(detectLanguage(phrases.nextSlot.wish) ?? language).toBe(language);
    expect([kindOf(phrases.now.wish), kindOf(phrases.nextSlot.wish)]).toEqual(['now', 'next-slot']);
    const [clause] = readClauses({ words: phrases.allAccounts.wish, material: [] }, language);
    expect(clause === undefined ? false : findNames(clause, names).isEveryAccount).toBe(true);
  });
});

it('a moment is written as the language has it, with its offset where the clocks bring it twice', () => {
  const moment = DateTime.fromISO('2026-12-02T10:00', { zone: 'Europe/Berlin' });
  expect(wishLanguages.map((language) => writeMoment(moment, language))).toEqual([
    'Wednesday 2 December, 10:00',
    'Mittwoch, 2. Dezember, 10:00 Uhr',
    'miércoles 2 de diciembre, 10:00',
    'mercredi 2 décembre, 10:00',
  ]);
  const twice = DateTime.fromISO('2026-10-25T02:30', { zone: 'Europe/Berlin' });
  expect(writeMoment(twice, 'en')).toMatch(/02:30 GMT\+[12]$/u);
});
