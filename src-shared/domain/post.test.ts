import { expect, test } from 'vitest';
import { headingOf } from './post.ts';
import { variantContentSchema } from './variant-content.ts';

function heading(text: string): string {
  return headingOf(variantContentSchema.parse({ parts: [{ text }] }));
}

test('a post is called by its first line, and one without text says so', () => {
  expect(heading('  Rain on the roof\nand then the sun')).toBe('Rain on the roof');
  expect(heading(' \n ')).toBe('Post without text');
});

test('a long first line is cut between characters as people see them', () => {
  const family = '👨‍👩‍👧‍👦';
  expect(heading(family.repeat(80))).toBe(family.repeat(80));
  expect(heading(family.repeat(300))).toBe(`${family.repeat(79)}…`);
  expect(heading('a'.repeat(300))).toBe(`${'a'.repeat(79)}…`);
});
