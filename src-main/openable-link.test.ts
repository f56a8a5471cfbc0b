import { describe, expect, it } from 'vitest';
import { toOpenableLink } from './openable-link.ts';

describe('a link that leads out of the window', () => {
  it('may be a page or a mail address', () => {
    expect(toOpenableLink('https://example.org/a?b=c#d')).toBe('https://example.org/a?b=c#d');
    expect(toOpenableLink('http://example.org')).toBe('http://example.org/');
    expect(toOpenableLink('mailto:a@example.org')).toBe('mailto:a@example.org');
  });

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'smb://host/share',
    'ms-msdt:/id',
    'media://asset/1/original',
    '/relative',
    '',
    `https://example.org/${'a'.repeat(5000)}`,
  ])('is refused where it leads elsewhere: %s', (address) => {
    expect(toOpenableLink(address)).toBeNull();
  });

  it('is refused where a name before the host pretends to be the host', () => {
    expect(toOpenableLink('https://your-bank.example@elsewhere.example/')).toBeNull();
  });

  it('is shown as it is opened, so that look-alike letters can be seen', () => {
    expect(toOpenableLink('https://аpple.com/')).toBe('https://xn--pple-43d.com/');
  });
});
