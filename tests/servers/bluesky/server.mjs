// The real Bluesky server (PDS) with a directory (PLC) in memory, both on loopback only. Prints one line of JSON when it
// is ready; ends on SIGTERM, or when its input ends.
//
//   node server.mjs PACKAGES FOLDER PORT PUBLIC_PORT
//
// PUBLIC_PORT stands in what the server says of itself: with a proxy there, every client comes through the proxy.
import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [packages, folder, port, publicPort] = process.argv.slice(2);
process.env['LOG_ENABLED'] ??= 'false';
const load = createRequire(join(packages, 'package.json'));
const { PlcServer, Database } = load('@did-plc/server');
const { PDS, envToCfg, envToSecrets } = load('@atproto/pds');

const listen = (app, at = 0) =>
  new Promise((resolve, reject) => {
    const server = createServer(app);
    server.once('error', reject);
    server.listen(Number(at), '127.0.0.1', () => resolve(server));
  });

mkdirSync(folder, { recursive: true });
const plc = PlcServer.create({ db: Database.mock() });
const plcServer = await listen(plc.app);

const secretsFile = join(folder, 'secrets.json');
if (!existsSync(secretsFile)) {
  const hex = (bytes) => randomBytes(bytes).toString('hex');
  writeFileSync(secretsFile, JSON.stringify({ jwt: hex(16), rotation: hex(32) }));
}
const secrets = JSON.parse(readFileSync(secretsFile, 'utf8'));
const env = {
  port: Number(publicPort),
  hostname: 'localhost',
  devMode: true,
  dataDirectory: folder,
  blobstoreDiskLocation: join(folder, 'blobs'),
  didPlcUrl: `http://127.0.0.1:${plcServer.address().port}`,
  inviteRequired: false,
  serviceHandleDomains: ['.test'],
  jwtSecret: secrets.jwt,
  adminPassword: 'admin',
  plcRotationKeyK256PrivateKeyHex: secrets.rotation,
  blobUploadLimit: 100_000_000,
  rateLimitsEnabled: false,
  disableSsrfProtection: true,
  crawlers: [],
};
const pds = await PDS.create(envToCfg(env), envToSecrets(env));
await pds.ctx.sequencer.start();
const server = await listen(pds.app, port);
console.log(JSON.stringify({ port: server.address().port }));

async function stop() {
  server.closeAllConnections();
  server.close();
  plcServer.close();
  await pds.ctx.destroy();
  process.exit(0);
}
process.on('SIGTERM', stop);
process.stdin.on('end', stop).resume();
