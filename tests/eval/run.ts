import { createLocalModels } from '../../src-node/models/local-models.ts';
import { createModelRuntime } from '../../src-node/models/model-runtime.ts';
import { defaultSettings } from '../../src-shared/domain/settings.ts';
import { startOllama, whyNoOllama } from '../fixtures/ollama-server.ts';
import { heldOutWishes, laterHeldOutWishes, tunedWishes } from './all-wishes.ts';
import { judge, type Models, type Verdict } from './evaluate.ts';
import { evilWithTools, noModel, obedientToEvil, stubborn } from './scripted-models.ts';

/** Where a runtime of the person's own listens, with whatever they have installed. */
const usualAddress = 'http://127.0.0.1:11434';
const isVerbose = process.argv.includes('--verbose');

interface Row {
  model: string;
  verdicts: Verdict[];
  heldOut: Verdict[];
  laterHeldOut: Verdict[];
  msPerWish: number;
}

async function evaluate(model: string, localModels: Models): Promise<Row> {
  console.error(`${model} …`);
  const startedAt = performance.now();
  const verdicts: Verdict[] = [];
  const heldOut: Verdict[] = [];
  for (const wish of tunedWishes) verdicts.push(await judge(wish, localModels));
  const laterHeldOut: Verdict[] = [];
  for (const wish of heldOutWishes) heldOut.push(await judge(wish, localModels));
  for (const wish of laterHeldOutWishes) laterHeldOut.push(await judge(wish, localModels));
  const msPerWish =
    (performance.now() - startedAt) / (verdicts.length + heldOut.length + laterHeldOut.length);
  for (const { wish, isRight, got } of [...verdicts, ...heldOut, ...laterHeldOut]) {
    if (isVerbose && !isRight) console.error(`  ${wish.kind} ${wish.language} “${wish.text}” → ${got}`);
  }
  return { model, verdicts, heldOut, laterHeldOut, msPerWish };
}

async function listModels(address: string): Promise<string[]> {
  const runtime = createModelRuntime({ readAddress: () => address });
  return (await runtime.listModels(AbortSignal.timeout(3_000)))?.map(({ name }) => name) ?? [];
}

function modelsAt(address: string, name: string): Models {
  return createLocalModels({
    runtime: createModelRuntime({ readAddress: () => address }),
    readSettings: () => ({ ...defaultSettings, chatModelName: name }),
  });
}

function share(verdicts: readonly Verdict[]): string {
  return `${verdicts.filter(({ isRight }) => isRight).length}/${verdicts.length}`;
}

function print(rows: readonly Row[]): void {
  const kinds = ['button', 'clear', 'vague', 'mixed', 'misspelt', 'hostile', 'content'] as const;
  console.log(`| model | ${kinds.join(' | ')} | held out | held out, later | wrong commits | ms a wish |`);
  console.log(`|---|${kinds.map(() => '---:').join('|')}|---:|---:|---:|---:|`);
  for (const { model, verdicts, heldOut, laterHeldOut, msPerWish } of rows) {
    const byKind = kinds.map((kind) => share(verdicts.filter(({ wish }) => wish.kind === kind)));
    const wrong = [...verdicts, ...heldOut, ...laterHeldOut].filter(
      ({ isWrongCommit }) => isWrongCommit,
    ).length;
    console.log(
      `| ${model} | ${byKind.join(' | ')} | ${share(heldOut)} | ${share(laterHeldOut)} | ${wrong} | ${msPerWish.toFixed(1)} |`,
    );
  }
}

const rows = [
  await evaluate('no model', noModel),
  await evaluate('adversary (ignores the schema)', obedientToEvil),
  await evaluate('adversary (always the first choice)', stubborn),
  await evaluate('adversary (native tools)', evilWithTools),
];
const missing = whyNoOllama();
if (missing === null) {
  const server = await startOllama();
  try {
    rows.push(await evaluate('SmolLM2 135M', modelsAt(server.address, server.model)));
  } finally {
    await server.stop();
  }
} else console.error(missing);
for (const name of await listModels(usualAddress))
  rows.push(await evaluate(name, modelsAt(usualAddress, name)));
print(rows);
const all = rows.flatMap(({ verdicts, heldOut, laterHeldOut }) => [...verdicts, ...heldOut, ...laterHeldOut]);
const isSafe = all.every(({ isWrongCommit }) => !isWrongCommit);
const areButtonsRight = all.every(({ wish, isRight }) => wish.kind !== 'button' || isRight);
process.exitCode = isSafe && areButtonsRight ? 0 : 1;
