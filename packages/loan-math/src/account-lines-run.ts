/** A stretch of days through which an amount bore a rate. Each day counts as `part` of a year. */
export type Run = { readonly base: bigint; readonly rate: bigint; readonly from: number; readonly to: number; readonly part: YearPart };

/** In lowest terms; 0/1 where no interest runs. */
export type YearPart = { readonly numerator: bigint; readonly denominator: bigint };

/** A fraction in lowest terms. Needs amounts that are not both 0. */
export function lowest(numerator: bigint, denominator: bigint): YearPart {
  let [a, b] = [numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}

/** Adds a run to those of an installment: to the last one, when nothing but the days differs. */
export function addRun(runs: Map<number, Run[]>, number: number, run: Run): void {
  if (run.base <= 0n || run.to <= run.from) return;
  const list = runs.get(number) ?? [];
  if (list.length === 0) runs.set(number, list);
  const last = list[list.length - 1];
  if (last !== undefined && goesOn(last, run)) list[list.length - 1] = { ...last, to: run.to };
  else list.push(run);
}

function goesOn(last: Run, run: Run): boolean {
  if (last.base !== run.base || last.rate !== run.rate || last.to !== run.from) return false;
  return last.part.numerator === run.part.numerator && last.part.denominator === run.part.denominator;
}
