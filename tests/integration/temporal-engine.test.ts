import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { startIngest } from '../../src-api/boundary/start-messages.ts';
import { createTemporalEngine } from '../../src-api/boundary/temporal-client.ts';
import { createOutboxRepository } from '../../src-data/outbox.ts';
import { makeLibrary } from '../../src-data/testing/temporary-library.ts';
import { createSilentLogger } from '../../src-node/logger.ts';
import { temporalNamespace } from '../../src-shared/domain/workflows.ts';
import { makeFolder } from '../fixtures/api-harness.ts';
import { startTemporalServer } from '../fixtures/temporal-server.ts';
import { until } from '../fixtures/worker-harness.ts';

/** Before, between and after the first tries of a call. */
const momentsMs = [0, 5, 50, 250];

it('calls that are cut off by a new connection end, bring nothing down, and can be made again', async () => {
  const server = await startTemporalServer(makeFolder());
  onTestFinished(() => server.stop());
  const logger = createSilentLogger();
  const engine = createTemporalEngine({ address: server.address, namespace: temporalNamespace, logger });
  onTestFinished(() => engine.close());
  const outbox = createOutboxRepository(makeLibrary());
  const row = outbox.find(outbox.add(startIngest('one')));
  if (row === undefined) throw new Error('the message is kept');
  for (const momentMs of momentsMs) {
    await until(() => engine.isReady());
    await server.kill();
    const calls = Promise.allSettled(Array.from({ length: 10 }, () => engine.deliver(row)));
    // The moment itself is what varies here.
    await delay(momentMs);
    engine.reconnect();
    expect(new Set((await calls).map(({ status }) => status))).toEqual(new Set(['rejected']));
    await server.start();
  }
  await until(() => engine.isReady());
  expect(await engine.deliver(row)).toBe('acknowledged');
});
