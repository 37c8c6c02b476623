import { attack, nameOf } from './hostile.ts';
import { besiege } from './hostile-siege.ts';

/**
 * Calls every function of the package with hostile arguments: `npx node packages/loan-math/test/hostile-run.ts 1000000 [seed] [first case]`.
 * Prints per function: calls, accepted, refused, longest call. Ends with 1 when anything was found.
 */
const [count, seed, from] = [process.argv[2] ?? '30000', process.argv[3] ?? '1', process.argv[4] ?? '0'].map(Number) as [number, number, number];
const SLOW_MS = 1000;
const TOLD_EVERY = 50_000;

const print = (line: string): boolean => process.stdout.write(`${line}\n`);
const begun = performance.now();
const { tallies, findings } = await besiege({ seed, from, to: from + count, hangMs: 20_000 }, (done) => {
  if ((done - from) % TOLD_EVERY === 0) process.stderr.write(`${done - from} of ${count}, ${Math.round((performance.now() - begun) / 1000)} s\n`);
});

/** The first call of anything is slower: it is slow when it is so three times. */
const found = [...findings];
for (const [name, { slowest, slowestCase }] of Object.entries(tallies)) {
  if (slowest <= SLOW_MS) continue;
  const again = [1, 2].map(() => attack({ seed, from: slowestCase, to: slowestCase + 1 }).tallies[name]!.slowest);
  if (Math.min(...again) > SLOW_MS) found.push({ case: slowestCase, function: nameOf(slowestCase), what: `took ${Math.round(Math.min(slowest, ...again))} ms` });
}

print(`${'function'.padEnd(26)}${'calls'.padStart(9)}${'accepted'.padStart(10)}${'refused'.padStart(9)}${'longest ms'.padStart(12)}`);
for (const [name, tally] of Object.entries(tallies).sort(([a], [b]) => (a < b ? -1 : 1))) {
  print(`${name.padEnd(26)}${String(tally.calls).padStart(9)}${String(tally.accepted).padStart(10)}${String(tally.refused).padStart(9)}${tally.slowest.toFixed(1).padStart(12)}`);
}
for (const { case: index, function: name, what } of found.slice(0, 100)) print(`case ${index}, ${name}: ${what}`);
print(`${count} calls from case ${from} of seed ${seed}: ${found.length} findings, ${Math.round((performance.now() - begun) / 1000)} s`);
process.exitCode = found.length === 0 ? 0 : 1;
