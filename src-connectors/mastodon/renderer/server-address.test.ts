import { expect, test } from 'vitest';
import { toServerAddress } from './server-address.ts';

test.each([
  ['mastodon.social', 'https://mastodon.social'],
  ['@me@Example.org', 'https://example.org'],
  ['https://example.org/@me', 'https://example.org'],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
])('the server is found in what people write: %s', (text, expected) => {
  expect(toServerAddress(text)).toBe(expected);
});

test.each(['', 'me', 'two words.example'])('nothing is made of what is not a server: "%s"', (text) => {
  expect(toServerAddress(text)).toBeNull();
});
