import { expect, test } from 'vitest';
import { findPlaces } from './find-places.ts';

const places = ['New conversation', 'Review queue', 'Calendar', 'New post', 'Activity', 'API access'].map(
  (title) => ({ title }),
);

function find(text: string): { titles: string[]; areFirst: boolean } {
  const { places: found, areFirst } = findPlaces(places, text);
  return { titles: found.map(({ title }) => title), areFirst };
}

test('a title of which a word begins like the text comes before one that only has it inside', () => {
  expect(find('ca')).toEqual({ titles: ['Calendar'], areFirst: true });
  expect(find('ac').titles).toEqual(['Activity', 'API access']);
  expect(find('ve').titles).toEqual(['New conversation']);
  expect(find('v').titles).toEqual(['New conversation', 'Review queue', 'Activity']);
  expect(find('post').titles).toEqual(['New post']);
});

test('places come before recordings only where the text begins one of their words', () => {
  expect(find('que').areFirst).toBe(true);
  expect(find('view').areFirst).toBe(false);
  expect(find('a').areFirst).toBe(false);
  expect(find('').areFirst).toBe(false);
  expect(find('harbour')).toEqual({ titles: [], areFirst: false });
});
