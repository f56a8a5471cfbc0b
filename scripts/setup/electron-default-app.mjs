// Runs inside Electron, packed as its default app: `electron [flags] <folder or file>` opens that app, as Electron's
// own default app does.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const args = process.argv.slice(1);
const target = args.find((arg) => !arg.startsWith('-'));
if (args.includes('--version') || args.includes('-v')) {
  process.stdout.write(`v${process.versions.electron}\n`);
  process.exit(0);
}
if (target === undefined) {
  process.stderr.write('usage: electron [flags] <app folder or main file>\n');
  process.exit(1);
}

const appFolder = resolve(target);
const packageFile = join(appFolder, 'package.json');
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
if (existsSync(packageFile)) {
  const { name, productName, version, desktopName } = JSON.parse(readFileSync(packageFile, 'utf8'));
  if (version) app.setVersion(version);
  app.setName(productName ?? name ?? 'Electron');
  app.setDesktopName?.(desktopName ?? `${app.getName()}.desktop`);
}
const entry = createRequire(import.meta.url).resolve(appFolder);
app.setAppPath(existsSync(packageFile) ? appFolder : dirname(entry));
await import(pathToFileURL(entry).href);
