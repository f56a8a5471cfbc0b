import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { connectorMakers } from './connectors.ts';
import { platforms } from './platforms.ts';

const root = join(import.meta.dirname, '..');

/** The lists, one a layer; nothing else outside of the folder of a connector knows it. */
const lists = ['platforms', 'commands', 'connectors', 'handlers', 'windows'];

const excepted = new Set([
  ...lists.map((name) => `src-connectors/${name}.ts`),
  // Shipped, and so never edited.
  'src-data/migrations/0004-accounts.ts',
  // The servers that tests of connectors run against.
  'src-node/native-parts.ts',
]);

const ids = platforms.map(({ id }) => id);

/** These are words of English too: in a sentence they name no platform. */
const plainWords: readonly string[] = ['feed', 'manual'];

function* listSources(): Generator<string> {
  for (const folder of readdirSync(root).filter((name) => name.startsWith('src-'))) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !/\.tsx?$/u.test(entry.name) || entry.name.includes('.test.')) continue;
      const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
      if (!path.includes('/testing/')) yield path;
    }
  }
}

/** The platforms that a text names: as a name within an identifier or a key, or by its proper name in a sentence. */
function namedIn(text: string): string[] {
  const isSentence = /\s/u.test(text.trim());
  const words = text
    .replace(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[^a-z]+/u);
  return ids.filter((id) => words.includes(id) && !(isSentence && plainWords.includes(id)));
}

/** Where code speaks of a platform; comments may. */
function findNames(path: string, text: string): string[] {
  // Most files need not be parsed.
  if (!ids.some((id) => text.toLowerCase().includes(id))) return [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isIdentifier(node) ||
      ts.isLiteralExpression(node) ||
      ts.isTemplateLiteralToken(node) ||
      ts.isJsxText(node)
    ) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(...namedIn(node.text).map((id) => `${path}:${line + 1} names ${id}: ${node.text.trim()}`));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const isOfConnector = (path: string) => ids.some((id) => path.startsWith(`src-connectors/${id}/`));

describe('a connector', () => {
  it('is named nowhere but in its own folder and in the lists', () => {
    const sources = [...listSources()].filter((path) => !isOfConnector(path) && !excepted.has(path));

    expect(sources.length).toBeGreaterThan(500);
    expect(sources.flatMap((path) => findNames(path, readFileSync(join(root, path), 'utf8')))).toEqual([]);
  });

  it('has one folder, and its place in the lists of platforms and of what speaks to them', () => {
    const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'common')
      .map(({ name }) => name);

    expect(folders.toSorted()).toEqual(ids.toSorted());
    expect(Object.keys(connectorMakers).toSorted()).toEqual(ids.toSorted());
  });

  it('would be found wherever code named it', () => {
    const named = (text: string) => findNames('a.tsx', text).length;

    expect(named("if (account.platform === 'feed') return;")).toBe(1);
    expect(named('const manualTools = 1;')).toBe(1);
    expect(named('const hint = `On Mastodon, ${name}`;')).toBe(1);
    expect(named('const hint = <p>On Bluesky.</p>;')).toBe(1);
    expect(named("const title = 'The folder of the feed'; // as Bluesky has it")).toBe(0);
  });
});
