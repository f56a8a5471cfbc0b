import { platforms } from '../../../src-connectors/platforms.ts';
import { fold, foldedWords, isNearly } from '../words/fold.ts';
import type { Clause } from './clauses.ts';

/** What can be meant by name, as far as a wish needs it. */
export interface Names {
  accounts: readonly { accountId: string; platform: string; name: string; handle: string | null }[];
  posts: readonly { postId: string; title: string; state: string; accountIds: readonly string[] }[];
  assets: readonly { assetId: string; title: string }[];
  folders: readonly { folderId: string; path: string }[];
}

export interface NamedThings {
  accounts: Names['accounts'];
  /** "on all accounts", "everywhere". */
  isEveryAccount: boolean;
  /** Platforms that are named, whether or not there is an account. */
  platforms: string[];
  posts: Names['posts'];
  assets: Names['assets'];
  folders: Names['folders'];
  /** A path that stands in the words. */
  path: string | undefined;
  /** The clause without the names, so that "Sunday brunch" is no day. */
  rest: string;
}

const everywhere =
  /(?<!\p{L})(?:(?:on |to |auf |en |sur |in )?(?:all|every|both|alle[nr]?|allen|todas|ambas|tous|toutes|beide[nr]?)(?: (?:the|my|our|meine[nr]?|unsere[nr]?|las|mis|les|mes|of my))? (?:accounts?|profiles?|platforms?|konten|kan(?:ä|a)le[n]?|plattformen|cuentas|redes|comptes|r(?:é|e)seaux)|everywhere|überall|ueberall|en todas partes|partout)(?!\p{L})/iu;
const pathPattern = /(?<![\p{L}\p{N}:/])(?:~|[A-Z]:)?[/\\][^\s,;"'?!]+(?:\\ [^\s,;"'?!]+)*/u;

/** Small words in titles that say nothing of which one is meant. */
const fillers = new Set(
  'the a an is are was be our my your and or of to for on in at from with about this that new der die das ein eine und oder von zu im ist el la los las un una de y en es le les un une des du et est sur post posts draft recording video beitrag entwurf publicacion borrador publication brouillon now here back jetzt heute today tomorrow morgen day'.split(
    ' ',
  ),
);

export function findNames(clause: Clause, names: Names): NamedThings {
  let rest = clause.text;
  const path =
    pathPattern.exec(rest)?.[0].replace(/[.]+$/u, '') ??
    clause.material.find((text) => pathPattern.test(` ${text}`) && /^(?:~|[A-Z]:)?[/\\]/u.test(text));
  if (path !== undefined) rest = rest.replace(path, ' ');
  const isEveryAccount = everywhere.test(rest);
  if (isEveryAccount) rest = rest.replace(everywhere, ' ');
  const { accounts, platforms, rest: withoutAccounts } = findAccounts(rest, names);
  rest = withoutAccounts;
  const posts = bestMatches(rest, names.posts);
  const assets = bestMatches(rest, names.assets);
  for (const title of [...posts, ...assets].map((thing) => thing.title)) rest = withoutTitle(rest, title);
  const folders = names.folders.filter((folder) => path !== undefined && samePath(folder.path, path));
  return {
    accounts: isEveryAccount ? names.accounts : accounts,
    isEveryAccount,
    platforms,
    posts,
    assets,
    folders,
    path,
    rest,
  };
}

function findAccounts(
  text: string,
  { accounts }: Names,
): Pick<NamedThings, 'accounts' | 'platforms' | 'rest'> {
  let rest = text;
  const found: Names['accounts'][number][] = [];
  const named: string[] = [];
  for (const account of accounts) {
    for (const called of [account.handle, account.name]) {
      if (called === null || called.length < 3) continue;
      const place = fold(rest).indexOf(fold(called));
      if (place < 0) continue;
      if (!found.includes(account)) found.push(account);
      rest = `${rest.slice(0, place)} ${rest.slice(place + called.length)}`;
    }
  }
  for (const { id: platform, calledInWishes } of platforms) {
    for (const word of rest.match(/[\p{L}\p{N}]+/gu) ?? []) {
      if (!calledInWishes.some((name) => isNearly(fold(word), name))) continue;
      if (!named.includes(platform)) named.push(platform);
      rest = rest.replace(word, ' ');
    }
  }
  const ofPlatforms = accounts.filter(
    (account) =>
      named.includes(account.platform) && !found.some(({ platform }) => platform === account.platform),
  );
  return { accounts: [...found, ...ofPlatforms], platforms: named, rest };
}

/** The things of which most is named; several where it is not clear which one. */
export function bestMatches<Thing extends { title: string }>(
  text: string,
  things: readonly Thing[],
): Thing[] {
  const words = foldedWords(text);
  let best = 0;
  let found: Thing[] = [];
  for (const thing of things) {
    const score = scoreTitle(words, thing.title);
    if (score === 0 || score < best) continue;
    found = score > best ? [thing] : [...found, thing];
    best = score;
  }
  return found;
}

/** The recordings that are meant by name: one whose whole title stands there, else those of which most is named. */
export function mostNamed(text: string, assets: Names['assets']): Names['assets'] {
  const whole = assets.filter(({ title }) => isWhollyNamed(text, title));
  if (whole.length === 0) return bestMatches(text, assets);
  const longest = Math.max(...whole.map(({ title }) => title.length));
  return whole.filter(({ title }) => title.length === longest);
}

export function isWhollyNamed(text: string, title: string): boolean {
  const spaced = (words: readonly string[]): string => ` ${words.join(' ')} `;
  const wanted = foldedWords(title);
  return wanted.length > 0 && spaced(foldedWords(text)).includes(spaced(wanted));
}

export function isSameTitle(left: string, right: string): boolean {
  return foldedWords(left).join(' ') === foldedWords(right).join(' ');
}

/** How much of a title is named: 0 where it is too little to tell. */
function scoreTitle(words: readonly string[], title: string): number {
  const wanted = foldedWords(title)
    .filter((word) => !fillers.has(word) && word.length > 2)
    .slice(0, 12);
  if (wanted.length === 0) return 0;
  const named = wanted.filter((word) => words.some((each) => isNearly(each, word)));
  const isEnough = named.length >= Math.min(2, wanted.length) || named.some((word) => word.length >= 6);
  return isEnough ? named.length + named.length / wanted.length : 0;
}

function withoutTitle(text: string, title: string): string {
  const wanted = foldedWords(title);
  return text.replace(/[\p{L}\p{N}]+/gu, (word) => {
    const folded = fold(word);
    return wanted.some((each) => each.length > 2 && !fillers.has(each) && isNearly(folded, each))
      ? ' '
      : word;
  });
}

function samePath(left: string, right: string): boolean {
  const plain = (path: string) => path.replace(/[/\\]+$/u, '');
  return plain(left) === plain(right);
}
