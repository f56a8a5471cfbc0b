import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { WishLanguage } from '../words/language.ts';
import { resolveWhen } from './resolve-when.ts';

const zone = 'Europe/Berlin';
const wednesday = DateTime.fromISO('2026-11-25T14:00', { zone });
const wall = "yyyy-MM-dd'T'HH:mm";

function at(language: WishLanguage, text: string, now = wednesday): string {
  const { when } = resolveWhen(text, { language, now });
  return when.kind === 'at' ? when.at.toFormat(wall) : when.kind;
}

function choices(text: string, now = wednesday): string[] {
  const { when } = resolveWhen(text, { language: 'en', now });
  return when.kind === 'unclear' ? when.choices.map((choice) => choice.toFormat(`${wall} ZZ`)) : [when.kind];
}

describe('a time in plain words', () => {
  it.each<[WishLanguage, string, string]>([
    ['en', 'next Wednesday at 10', '2026-12-02T10:00'],
    ['en', 'tomorrow evening', '2026-11-26T20:00'],
    ['en', 'Friday at nine', '2026-11-27T09:00'],
    ['en', 'saturday at half past nine', '2026-11-28T09:30'],
    ['en', 'Saturday at noon', '2026-11-28T12:00'],
    ['en', 'at 8 in the evening tomorrow', '2026-11-26T20:00'],
    ['en', '10am EST tomorrow', '2026-11-26T16:00'],
    ['en', 'fridey at 9', '2026-11-27T09:00'],
    ['de', 'Freitag um neun', '2026-11-27T09:00'],
    ['de', 'morgen um halb acht', '2026-11-26T07:30'],
    ['de', '3.12. um 9 Uhr', '2026-12-03T09:00'],
    ['de', 'um acht Uhr abends morgen', '2026-11-26T20:00'],
    ['es', 'el viernes a las nueve y media', '2026-11-27T09:30'],
    ['es', '\u00020\u0003 hoy a las siete de la tarde', '2026-11-25T19:00'],
    ['fr', 'vendredi à neuf heures', '2026-11-27T09:00'],
    ['fr', 'samedi midi', '2026-11-28T12:00'],
    ['fr', 'neuf heures et demie demain', '2026-11-26T09:30'],
  ])('is resolved on the creator’s wall (%s: %s)', (language, text, expected) => {
    expect(at(language, text)).toBe(expected);
  });

  it('may be now, or the next free slot', () => {
    expect([
      at('en', 'post it right now'),
      at('de', 'jetzt auf Mastodon'),
      at('en', 'into the next free slot'),
    ]).toEqual(['now', 'now', 'next-slot']);
    expect(at('en', 'now schedule it for Friday at 9')).toBe('2026-11-27T09:00');
  });

  it('that has passed is asked about, with the next times that would fit', () => {
    expect(choices('today at 9')).toEqual(['2026-11-25T21:00 +01:00', '2026-11-26T09:00 +01:00']);
    expect(choices('yesterday at 9')).toEqual(['2026-11-26T09:00 +01:00']);
  });

  it('that can be read two ways is asked about', () => {
    expect(choices('on 10/12 at 9')).toEqual(['2026-12-10T09:00 +01:00', '2027-10-12T09:00 +02:00']);
    const monday = DateTime.fromISO('2026-11-23T14:00', { zone });
    expect(choices('next Wednesday at 10', monday)).toEqual([
      '2026-11-25T10:00 +01:00',
      '2026-12-02T10:00 +01:00',
    ]);
    expect(choices('tomorrow at 5')).toEqual(['2026-11-26T05:00 +01:00', '2026-11-26T17:00 +01:00']);
    expect(choices('Friday at 9 or Saturday at 10')).toHaveLength(2);
  });

  it('without an hour is asked about', () => {
    expect(choices('Friday')[0]).toBe('2026-11-27T09:00 +01:00');
  });

  it('which the clocks skip, or bring twice, is asked about', () => {
    const beforeSpring = DateTime.fromISO('2027-03-27T14:00', { zone });
    expect(choices('tomorrow at 2:30', beforeSpring)).toEqual([
      '2027-03-28T01:30 +01:00',
      '2027-03-28T03:30 +02:00',
    ]);
    const beforeAutumn = DateTime.fromISO('2026-10-24T14:00', { zone });
    expect(choices('tomorrow at 2:30', beforeAutumn)).toEqual([
      '2026-10-25T02:30 +02:00',
      '2026-10-25T02:30 +01:00',
    ]);
    expect(at('en', 'in 20 hours', beforeSpring)).toBe('2027-03-28T11:00');
    expect(at('en', 'tomorrow at 10', beforeSpring)).toBe('2027-03-28T10:00');
  });
});
