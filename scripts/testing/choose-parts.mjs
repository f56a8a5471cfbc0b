import { SetupError } from '../setup/setup-error.mjs';
import { testParts } from './test-parts.mjs';

/**
 * Reads `--only unit,lint`.
 *
 * @param {readonly string[]} args
 * @param {readonly string[]} defaults
 */
export function chooseParts(args, defaults) {
  const known = testParts.map(({ name }) => name);
  const at = args.findIndex((arg) => arg === '--only' || arg.startsWith('--only='));
  if (at < 0) {
    if (args.length > 0) throw new SetupError(`Only --only is known here, with some of: ${known.join(', ')}`);
    return [...defaults];
  }
  const text = args[at]?.startsWith('--only=') ? args[at].slice('--only='.length) : (args[at + 1] ?? '');
  const names = text.split(',').filter(Boolean);
  const unknown = names.filter((name) => !known.includes(name));
  if (names.length === 0 || unknown.length > 0)
    throw new SetupError(
      `--only takes some of: ${known.join(', ')}${unknown.length > 0 ? `; not ${unknown.join(', ')}` : ''}`,
    );
  return names;
}
