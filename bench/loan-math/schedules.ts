import { Big } from 'big.js';
import { Decimal } from 'decimal.js';
import { annualRatePpm, fen, levelInstallmentSchedule, type LevelTerms } from '@mingdai/loan-math';

/** The 36-row level-installment schedule three ways: level amount once, interest half up each month, the last month absorbs the rest. */
const RATE_PPM = 72_000n;
const MONTHS = 36;

export const loans: readonly LevelTerms[] = Array.from({ length: 64 }, (_, i) => ({ principal: fen(1_000_000n + BigInt(i) * 12_345n), rate: annualRatePpm(RATE_PPM), months: MONTHS }));

type Row<N> = { readonly principal: N; readonly interest: N; readonly balance: N };

const decimals = loans.map(({ principal }) => new Decimal(principal.toString()));
const decimalRate = new Decimal(RATE_PPM.toString()).div(12_000_000);

export function decimalSchedule(turn: number): readonly Row<Decimal>[] {
  const principal = decimals[turn % decimals.length]!;
  const grown = decimalRate.plus(1).pow(MONTHS);
  const level = principal.times(decimalRate).times(grown).div(grown.minus(1)).toDecimalPlaces(0, Decimal.ROUND_HALF_UP);
  const rows: Row<Decimal>[] = [];
  let balance = principal;
  for (let month = 1; month <= MONTHS; month++) {
    const interest = balance.times(decimalRate).toDecimalPlaces(0, Decimal.ROUND_HALF_UP);
    const part = month === MONTHS ? balance : level.minus(interest);
    balance = balance.minus(part);
    rows.push({ principal: part, interest, balance });
  }
  return rows;
}

const bigs = loans.map(({ principal }) => new Big(principal.toString()));
const bigRate = new Big(RATE_PPM.toString()).div(12_000_000);

export function bigSchedule(turn: number): readonly Row<Big>[] {
  const principal = bigs[turn % bigs.length]!;
  const grown = bigRate.plus(1).pow(MONTHS);
  const level = principal.times(bigRate).times(grown).div(grown.minus(1)).round(0, Big.roundHalfUp);
  const rows: Row<Big>[] = [];
  let balance = principal;
  for (let month = 1; month <= MONTHS; month++) {
    const interest = balance.times(bigRate).round(0, Big.roundHalfUp);
    const part = month === MONTHS ? balance : level.minus(interest);
    balance = balance.minus(part);
    rows.push({ principal: part, interest, balance });
  }
  return rows;
}

export const ourSchedule = (turn: number) => levelInstallmentSchedule(loans[turn % loans.length]!);

/** Speed at the wrong rows would be none. */
export function proveSchedules(): void {
  for (let turn = 0; turn < loans.length; turn++) {
    const [ours, decimal, big] = [ourSchedule(turn), decimalSchedule(turn), bigSchedule(turn)];
    if (ours.some(({ principal }, n) => principal.toString() !== decimal[n]!.principal.toString() || principal.toString() !== big[n]!.principal.toString())) throw new Error('all ways give the same rows');
  }
}
