import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readErrorCode } from '../data-folder.ts';
import { expandKey, seal, unseal } from './seal.ts';

/** Holds an unlocked key for as long as the program runs. */
export interface RunKeys {
  read(keyId: string): Buffer | undefined;
  keep(keyId: string, key: Buffer): void;
  forget(): void;
}

const fileSchema = z.strictObject({ keyId: z.string(), sealed: z.base64() });

/**
 * Shares an unlocked key between api and worker, and lets it outlive a crash of either: in a file, sealed with the
 * secret that the supervisor makes anew for each run and keeps in memory. When the run is over, nobody can open it.
 *
 * @param runSecret undefined for a process without supervisor: the key then stays in this process
 */
export function createRunKeys(runFolder: string, runSecret: string | undefined): RunKeys {
  const path = join(runFolder, 'vault-key.json');
  const wrapKey = runSecret === undefined ? undefined : expandKey(runSecret, 'longhand vault of this run');
  const known = new Map<string, Buffer>();

  function readFile(keyId: string): Buffer | undefined {
    if (wrapKey === undefined) return undefined;
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (thrown) {
      if (readErrorCode(thrown) === 'ENOENT') return undefined;
      throw thrown;
    }
    const parsed = fileSchema.safeParse(parseJson(text));
    if (!parsed.success || parsed.data.keyId !== keyId) return undefined;
    return unseal(wrapKey, keyId, Buffer.from(parsed.data.sealed, 'base64'));
  }

  return {
    read(keyId) {
      const found = known.get(keyId) ?? readFile(keyId);
      if (found !== undefined) known.set(keyId, found);
      return found;
    },

    keep(keyId, key) {
      known.clear();
      known.set(keyId, key);
      if (wrapKey === undefined) return;
      const temporary = `${path}.${process.pid}.tmp`;
      const sealed = seal(wrapKey, keyId, key).toString('base64');
      writeFileSync(temporary, JSON.stringify({ keyId, sealed }), { mode: 0o600 });
      chmodSync(temporary, 0o600);
      renameSync(temporary, path);
    },

    forget() {
      known.clear();
      rmSync(path, { force: true });
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined; // Damaged: as if it were not there.
    throw thrown;
  }
}
