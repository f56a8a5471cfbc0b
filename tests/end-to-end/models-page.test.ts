import type { Locator, Page } from '@playwright/test';
import { startModelRegistry, type ModelRegistry } from '../fixtures/model-registry.ts';
import { startOllama, testModelFile, whyNoOllama, type OllamaServer } from '../fixtures/ollama-server.ts';
import { expect, test as base } from './app.ts';
import { findViolations } from './axe.ts';
import { openPlace, waitUntilReady } from './window.ts';

const megabyte = 1_000_000;
const spare = 'spare:latest';

const test = base.extend<{ ollama: OllamaServer; registry: ModelRegistry }>({
  ollama: async ({}, use) => {
    const reason = whyNoOllama();
    test.skip(reason !== null, reason ?? '');
    const server = await startOllama({ isEmpty: true });
    await use(server);
    await server.stop();
  },
  registry: async ({}, use) => {
    const registry = await startModelRegistry(testModelFile());
    await use(registry);
    registry.stop();
  },
});

async function openModels(page: Page): Promise<void> {
  await waitUntilReady(page, 'worker');
  await openPlace(page, 'Settings');
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Models' }).click();
}

async function pull(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Another model' }).fill(name);
  await page.getByRole('textbox', { name: 'Another model' }).press('Enter');
}

const task = (page: Page, name: string): Locator => page.getByRole('combobox', { name });

async function readPercent(bar: Locator): Promise<number> {
  return Number(await bar.getAttribute('aria-valuenow'));
}

test('a model is pulled, paused, and goes on after a restart from where it was; then it is chosen and deleted', async ({
  launch,
  ollama,
  registry,
}) => {
  const { model } = registry;
  const environment = { OLLAMA_HOST: ollama.address };
  registry.holdAt(30 * megabyte);
  const first = await launch(environment);
  await openModels(first.page);
  await pull(first.page, model);
  const bar = (page: Page) => page.getByRole('progressbar', { name: `Download of ${model}` });
  await expect.poll(() => readPercent(bar(first.page))).toBeGreaterThan(10);
  // The line is dead: it is said, and what to do about it.
  await expect(first.page.getByText(`Nothing of ${model} has come for a while.`)).toBeVisible();
  await task(first.page, 'Chat').scrollIntoViewIfNeeded();
  expect(await findViolations(first.page)).toEqual([]);

  await first.page.getByRole('button', { name: `Pause ${model}` }).click();
  await expect(first.page.getByText(/ MB of [\d.]+ MB, paused$/)).toBeVisible();
  await expect(first.page.getByText(`Nothing of ${model} has come for a while.`)).toBeHidden();
  const pausedAt = await readPercent(bar(first.page));
  await first.quit();

  const second = await launch(environment);
  await openModels(second.page);
  await expect(second.page.getByText(/ MB of [\d.]+ MB, paused$/)).toBeVisible();
  expect(await readPercent(bar(second.page))).toBe(pausedAt);
  registry.goOn();
  registry.holdAt(60 * megabyte);
  await second.page.getByRole('button', { name: `Resume ${model}` }).click();
  await expect.poll(() => readPercent(bar(second.page))).toBeGreaterThan(pausedAt);
  await second.quit();

  // It was not paused, so it goes on by itself.
  registry.goOn();
  const third = await launch(environment);
  await openModels(third.page);
  await expect(third.page.getByRole('button', { name: `Delete ${model}` })).toBeVisible();
  expect(registry.startedAt[0]).toBe(0);
  expect(registry.startedAt.slice(1).every((start) => start > 0)).toBe(true);

  // Another program adds a second one, and the page keeps up.
  await ollama.create('spare', `FROM ${testModelFile()}\n`);
  await expect(third.page.getByRole('button', { name: `Delete ${spare}` })).toBeVisible();
  for (const name of ['Chat', 'Ideas and captions']) {
    await task(third.page, name).selectOption(model);
    await expect(task(third.page, name)).toHaveValue(model);
  }
  await task(third.page, 'Describing recordings').selectOption(spare);
  await expect(task(third.page, 'Describing recordings')).toHaveValue(spare);
  await task(third.page, 'Chat').scrollIntoViewIfNeeded();
  expect(await findViolations(third.page)).toEqual([]);

  await third.page.getByRole('button', { name: `Delete ${model}` }).click();
  const asked = third.page.getByRole('alertdialog', { name: `Delete ${model}?` });
  await expect(asked).toContainText('another installed model takes its place');
  await asked.getByRole('button', { name: 'Delete' }).click();
  await expect(third.page.getByRole('button', { name: `Delete ${model}` })).toHaveCount(0);
  await expect(task(third.page, 'Chat')).toHaveValue(spare);
});

test('a model that another program removes while it is in use is missed by name, and the way out is there', async ({
  launch,
  ollama,
}) => {
  await ollama.create('smollm2', `FROM ${testModelFile()}\n`);
  await ollama.create('spare', `FROM ${testModelFile()}\n`);
  const { page } = await launch({ OLLAMA_HOST: ollama.address });
  await openModels(page);
  await task(page, 'Chat').selectOption(ollama.model);
  await expect(task(page, 'Chat')).toHaveValue(ollama.model);
  await remove(ollama, ollama.model);
  await expect(
    page.getByText(`${ollama.model} was chosen, and is no longer installed. ${spare} is used instead.`),
  ).toBeVisible();
  await remove(ollama, spare);
  await expect(page.getByText('Download it again, or another one.')).toBeVisible();
  await expect(task(page, 'Chat')).toHaveValue('');
  await openPlace(page, 'Chat');
  await expect(page.getByRole('region', { name: 'Get a model to talk with' })).toBeVisible();
});

test('a pull that cannot succeed says why, can be tried again, and is forgotten on request', async ({
  launch,
  ollama,
  registry,
}) => {
  const name = registry.model.replace('/library/small:', '/library/none:');
  const { page } = await launch({ OLLAMA_HOST: ollama.address });
  await openModels(page);
  await pull(page, name);
  const failed = page.getByRole('alert').filter({ hasText: `There is no model called ${name}` });
  await expect(failed).toBeVisible();
  await task(page, 'Chat').scrollIntoViewIfNeeded();
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole('button', { name: `Try again ${name}` }).click();
  await expect(failed).toBeVisible();
  await page.getByRole('button', { name: `Forget ${name}` }).click();
  await expect(failed).toHaveCount(0);
  await expect(page.getByText(name)).toHaveCount(0);
});

async function remove({ address }: OllamaServer, model: string): Promise<void> {
  const response = await fetch(`${address}/api/delete`, {
    method: 'DELETE',
    body: JSON.stringify({ model }),
  });
  expect(response.ok).toBe(true);
}
