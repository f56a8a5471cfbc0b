import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { closeLogger, createLogger } from '../../src-node/logger.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import { makeFolder, startTestApi, valueOf } from '../fixtures/api-harness.ts';
import { startBlueskyServer } from '../fixtures/bluesky-server.ts';
import { contentOf, kindsOf } from '../fixtures/publishing-harness.ts';
import { quickTimings } from '../fixtures/publishing-timings.ts';
import { openHarness, until } from '../fixtures/worker-harness.ts';

const passphrase = 'a passphrase that is nowhere else';
const expired = {
  kind: 'answer',
  status: 400,
  body: JSON.stringify({ error: 'ExpiredToken', message: 'Token has expired' }),
} as const;

function readEverything(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

it('what opens an account stands in no workflow history, log, audit or file, whatever becomes of the account', async () => {
  const server = await startBlueskyServer();
  onTestFinished(() => server.stop());
  const logsFolder = makeFolder();
  const [apiLogger, workerLogger] = (['api', 'worker'] as const).map((processName) =>
    createLogger({ processName, logsFolder, level: 'debug' }),
  );
  if (apiLogger === undefined || workerLogger === undefined) throw new Error('there is no log');
  // With the work engine's own files inside of the data folder.
  const harness = await openHarness({ publishingTimings: quickTimings, logger: workerLogger });
  onTestFinished(() => harness.close());
  const { dataFolder } = harness;
  const api = await startTestApi({
    ...{ dataFolder, logger: apiLogger },
    temporalAddress: harness.server.address,
  });
  const { commands } = api.client;
  valueOf(await commands.protectVault({ protection: 'passphrase', passphrase }));
  const person = await server.createAccount('kim');
  const passwords = [await person.createAppPassword('first'), await person.createAppPassword('second')];
  const [appPassword = '', secret = ''] = passwords;
  const login = { serviceUrl: server.url, identifier: person.handle, appPassword };
  const { accountId } = valueOf(await commands.connectBlueskyAccount(login));
  await harness.startWorkers();
  const publish = async (text: string) =>
    valueOf(await commands.publishNow({ content: contentOf(text), targets: [{ accountId }] })).entityId;
  const read = async (postId: string) => valueOf(await commands.readPost({ postId }));

  // Sent with a session that is renewed on the way, refused, connected anew, sent, and deleted again.
  server.proxy.next(/applyWrites/, expired);
  const first = await publish('The first of them');
  await until(async () => (await read(first)).state === 'published');
  await person.revokeAppPassword('first');
  server.proxy.next(/applyWrites/, expired);
  const second = await publish('The second of them');
  await until(async () => kindsOf(await read(second)).includes('waits-for-account'));
  valueOf(await commands.reconnectAccount({ accountId, secret }));
  await until(async () => (await read(second)).state === 'published');
  valueOf(await commands.deletePublishedPost({ postId: first }));
  await until(async () => (await read(first)).state === 'deleted');

  const bearers = server.proxy.done.flatMap(({ request }) =>
    /^Bearer (.+)$/u.exec(request.headers.authorization ?? '')?.slice(1),
  );
  const tokens = [...new Set(bearers.filter((token) => token !== undefined))];
  // Two sign-ins and a renewal: each has an access token, and the renewal showed its own.
  expect(tokens.length).toBeGreaterThanOrEqual(4);

  const histories = await Promise.all(
    [first, second].map((postId) =>
      harness.client.workflow.getHandle(workflowIds.schedulePost(postId)).fetchHistory(),
    ),
  );
  const history = JSON.stringify(histories, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
  );
  const { text: audit } = valueOf(await commands.exportAudit({}));
  await Promise.all([apiLogger, workerLogger].map((logger) => closeLogger(logger)));
  const logs = readEverything(logsFolder);
  const files = readEverything(dataFolder.root);
  // The search finds what is there.
  expect(history).toContain(first);
  expect(audit).toContain('reconnect-account');
  expect(logs).toContain('platform.credentials-refused');
  expect(files).toContain('The second of them');
  for (const each of [passphrase, ...passwords, ...tokens]) {
    for (const [place, text] of Object.entries({ history, audit, logs, files })) {
      expect(text.includes(each), `${each.slice(0, 12)}… in ${place}`).toBe(false);
    }
  }
});
