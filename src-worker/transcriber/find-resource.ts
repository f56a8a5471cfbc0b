import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../src-shared/domain/errors.ts';

/**
 * Finds a file that is shipped with the program: in the installer's resources, else in the `resources` folder of the
 * checkout, wherever below it this code was built to.
 *
 * @throws AppError `dependency.missing`
 */
export function findResource(name: string, env: NodeJS.ProcessEnv = process.env): string {
  const shipped = env['LONGHAND_RESOURCES'];
  const candidates = [
    ...(shipped === undefined ? [] : [join(shipped, name)]),
    ...ancestorsOf(import.meta.dirname).map((folder) => join(folder, 'resources', name)),
  ];
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new AppError({
    code: 'dependency.missing',
    userMessage: `A file that belongs to Longhand is missing (${name}). Your library is unchanged. Install Longhand again.`,
    retry: 'user',
    details: { name },
  });
}

function ancestorsOf(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestorsOf(parent)];
}
