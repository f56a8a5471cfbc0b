import { formatReport, runSoak } from './run-soak.ts';

const [rounds = '200', seed = `${Date.now() % 1_000_000}`] = process.argv.slice(2);

const report = await runSoak({
  rounds: Number(rounds),
  seed: Number(seed),
  roundMs: 1_500,
  killEveryMs: 4_000,
  settleWithinMs: 15 * 60_000,
  onNote: (line) => process.stdout.write(`  ${line}\n`),
});
process.stdout.write(`\n${formatReport(report).join('\n')}\n`);
const isGood = report.lost.length + report.doubled.length + report.untrue.length + report.hasty === 0;
process.exit(isGood ? 0 : 1);
