import { runProgram } from './program.ts';

await runProgram(import.meta.dirname, process.argv);
// A handle that a library left open must not keep the shell waiting; what was printed must get out first.
process.stdout.write('', () => process.exit());
