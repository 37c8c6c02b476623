import { describe, expect, it } from 'vitest';
import { amortize, installmentOf, levelOver, periodInterest, type AmortizationRow, type AmortizationTerms, type BalanceChange, type Share } from './amortization.ts';
import { businessDateOf } from './business-date.ts';
import { fen } from './money.ts';

const share = (numerator: number, denominator: number): Share => ({ numerator: BigInt(numerator), denominator: BigInt(denominator) });
const change = (amount: number, factor: Share): BalanceChange => ({ amount: BigInt(amount), factor });
/** Equal periods of thirty days, with what comes and goes inside some of them: `{ 2: [change(…)] }`. */
const periods = (count: number, factor: Share, changes: Readonly<Record<number, readonly BalanceChange[]>> = {}): AmortizationTerms['periods'] =>
  Array.from({ length: count }, (_, index) => ({ dueOn: businessDateOf(20_000 + 30 * index), factor, ...(changes[index + 1] === undefined ? {} : { changes: changes[index + 1]! }) }));
const loan = (principal: number, shape: AmortizationTerms['shape'], over: AmortizationTerms['periods'], more: Partial<AmortizationTerms> = {}): AmortizationTerms => ({ principal: fen(BigInt(principal)), shape, periods: over, ...more });
/** `principal + interest` of each row; `→ balance` where asked. */
const asked = (terms: AmortizationTerms): readonly string[] => amortize(terms).map(({ principal, interest }) => `${principal} + ${interest}`);
const rows = (terms: AmortizationTerms): readonly string[] => amortize(terms).map(({ principal, interest, balance }) => `${principal} + ${interest} → ${balance}`);

describe('a row', () => {
  it('tells its number, day, parts, total, what was added and what is left', () => {
    const [first, second] = amortize(loan(210, 'level', periods(2, share(1, 10))));
    expect([first, second]).toEqual<AmortizationRow[]>([
      { number: 1, dueOn: businessDateOf(20_000), principal: fen(100n), interest: fen(21n), total: fen(121n), capitalized: fen(0n), balance: fen(110n) },
      { number: 2, dueOn: businessDateOf(20_030), principal: fen(110n), interest: fen(11n), total: fen(121n), capitalized: fen(0n), balance: fen(0n) },
    ]);
  });
  it('of a down payment comes first, and the rest is what is repaid', () => {
    const paid = amortize(loan(300, 'level', periods(2, share(1, 10)), { downPayment: { amount: fen(90n), dueOn: businessDateOf(19_970) } }));
    expect(paid.map(({ number, dueOn, principal, interest, balance }) => [number, dueOn, principal, interest, balance])).toEqual([
      [1, 19_970, 90n, 0n, 210n], [2, 20_000, 100n, 21n, 110n], [3, 20_030, 110n, 11n, 0n],
    ]);
    expect(installmentOf(loan(300, 'level', periods(2, share(1, 10)), { downPayment: { amount: fen(90n), dueOn: businessDateOf(19_970) } }))).toBe(121n);
  });
});

describe('the interest of a period', () => {
  it('counts a change from its own day, and rounds once', () => {
    // 1000/100 + 500/200 − 300/400 = 10 + 2.5 − 0.75 = 11.75
    const period = { factor: share(1, 100), changes: [change(500, share(1, 200)), change(-300, share(1, 400))] };
    expect(periodInterest(fen(1000n), period)).toBe(12n);
  });
  it('of a half of a fen goes up, or to the even neighbour', () => {
    expect([1, 3, 5].map((opening) => [periodInterest(fen(BigInt(opening)), { factor: share(1, 2) }), periodInterest(fen(BigInt(opening)), { factor: share(1, 2) }, 'half_even')])).toEqual([[1n, 0n], [2n, 2n], [3n, 2n]]);
  });
});

describe('a level installment', () => {
  it('repays later advances as well: what they come to when all is due', () => {
    // 100 over two periods at 10 %, and 110 more at the first due day: (121 + 121) / 2.1 = 115.24; what is out is 100, then 210.
    const two = periods(2, share(1, 10), { 1: [change(110, share(0, 1))] });
    expect(levelOver(fen(100n), { periods: two })).toBe(115n);
    // In the middle of the first, with 5 % still to bear: (110 × 1.1 + 115.5 × 1.1) / 2.1 = 118.12.
    expect(levelOver(fen(100n), { periods: periods(2, share(1, 10), { 1: [change(110, share(1, 20))] }) })).toBe(118n);
    // In the middle of the second: (121 + 115.5) / 2.1 = 112.62.
    expect(levelOver(fen(100n), { periods: periods(2, share(1, 10), { 2: [change(110, share(1, 20))] }) })).toBe(113n);
    expect(rows(loan(100, 'level', two))).toEqual(['105 + 10 → 105', '105 + 11 → 0']);
  });
  it('is rounded to a multiple, or to a fen where the multiple would leave nothing', () => {
    const level = (multipleOf: bigint): bigint => levelOver(fen(210n), { periods: periods(2, share(1, 10)), multipleOf });
    expect([1n, 10n, 100n, 242n, 243n, 1000n].map(level)).toEqual([121n, 120n, 100n, 242n, 121n, 121n]);
  });
  it('of a half goes to the even neighbour where banks round so', () => {
    const level = (rounding: 'half_up' | 'half_even'): bigint => levelOver(fen(5n), { periods: periods(2, share(0, 1)), rounding });
    expect([level('half_up'), level('half_even')]).toEqual([3n, 2n]);
  });
  it('may be counted by a period of its own, whatever the interest counts', () => {
    // 121 repays 210 in two at 10 %; interest runs at 5 %: 10.5, then 100 × 5 %.
    expect(asked(loan(210, 'level', periods(2, share(1, 20)), { levelFactor: share(1, 10) }))).toEqual(['110 + 11', '100 + 5']);
    expect(asked(loan(110, 'level', periods(2, share(1, 20), { 1: [change(100, share(0, 1))] }), { levelFactor: share(1, 10) }))).toEqual(['115 + 6', '95 + 5']);
    expect(asked(loan(210, 'level', periods(3, share(1, 20)), { levelFactor: share(1, 10), graceOnPrincipal: 1 }))).toEqual(['0 + 11', '110 + 11', '100 + 5']);
  });
  it('counts the first periods for nothing where they bear nothing, with what changes inside them', () => {
    // 100 + 110 out, one free period and one at 10 %: 210 × 1.1 / 2.1 = 110.
    expect(asked(loan(100, 'level', periods(2, share(1, 10), { 1: [change(110, share(1, 20))] }), { interestFree: 1 }))).toEqual(['110 + 0', '100 + 10']);
    expect(asked(loan(210, 'level', periods(3, share(1, 10)), { interestFree: 2, graceOnPrincipal: 1 }))).toEqual(['0 + 0', '110 + 0', '100 + 10']);
  });
  it('that does not cover the interest repays nothing until the last row', () => {
    expect(rows(loan(1000, 'level', periods(3, share(1, 10)), { installment: fen(50n) }))).toEqual(['0 + 100 → 1000', '0 + 100 → 1000', '1000 + 100 → 0']);
  });
  it('that a contract states ends the rows when nothing is left', () => {
    expect(rows(loan(210, 'level', periods(6, share(1, 10)), { installment: fen(121n) }))).toEqual(['100 + 21 → 110', '110 + 11 → 0']);
    expect(installmentOf(loan(210, 'level', periods(6, share(1, 10)), { installment: fen(121n) }))).toBe(121n);
  });
  it('that a contract states goes on while an advance is to come, or interest waits', () => {
    expect(rows(loan(100, 'level', periods(4, share(0, 1), { 3: [change(50, share(0, 1))] }), { installment: fen(100n) }))).toEqual(['100 + 0 → 0', '0 + 0 → 0', '50 + 0 → 0']);
    expect(rows(loan(100, 'level', periods(4, share(1, 10)), { installment: fen(100n), graceOnInterest: 2 }))).toEqual(['90 + 0 → 10', '10 + 0 → 0', '0 + 11 → 0']);
  });
  it('that is computed has a row for each period, however early nothing is left', () => {
    expect(rows(loan(3, 'level', periods(5, share(0, 1))))).toEqual(['1 + 0 → 2', '1 + 0 → 1', '1 + 0 → 0', '0 + 0 → 0', '0 + 0 → 0']);
  });
});

describe('a re-spread', () => {
  const spread = (principal: number, installment: number, count: number, more: Partial<AmortizationTerms> = {}): readonly string[] =>
    asked(loan(principal, 'level', periods(count, share(0, 1)), { installment: fen(BigInt(installment)), respread: 1, ...more }));
  it('moves the installment by an equal part of what the last row is off', () => {
    expect(spread(90, 20, 3)).toEqual(['30 + 0', '30 + 0', '30 + 0']);
    expect(spread(100, 30, 2)).toEqual(['50 + 0', '50 + 0']);
    expect(spread(90, 35, 3)).toEqual(['30 + 0', '30 + 0', '30 + 0']);
    expect(spread(90, 20, 3, { graceOnPrincipal: 1 })).toEqual(['0 + 0', '45 + 0', '45 + 0']);
  });
  it('leaves what is off by at most half a fen a row', () => {
    expect(spread(101, 33, 3)).toEqual(['34 + 0', '34 + 0', '33 + 0']);
    expect(spread(100, 33, 3)).toEqual(['33 + 0', '33 + 0', '34 + 0']);
    expect(spread(63, 15, 4)).toEqual(['16 + 0', '16 + 0', '16 + 0', '15 + 0']);
    expect(spread(32, 15, 4, { graceOnPrincipal: 2 })).toEqual(['0 + 0', '0 + 0', '15 + 0', '17 + 0']);
    expect(spread(62, 15, 4)).toEqual(['15 + 0', '15 + 0', '15 + 0', '17 + 0']);
  });
  it('is left alone where it brings the last row no nearer', () => {
    // To multiples of 40: 60 and 80 are 20 apart; half of that more makes 80 and 60, as far apart.
    expect(spread(140, 60, 2, { multipleOf: 40n })).toEqual(['60 + 0', '80 + 0']);
  });
  it('is done as often as allowed, and needed', () => {
    // 100 leaves 209 at the end: 109 / 3 more. 136 leaves 127: 3 less. 133 leaves 133.
    const levels = [0, 1, 2, 3].map((respread) => installmentOf(loan(331, 'level', periods(3, share(1, 10)), { installment: fen(100n), respread })));
    expect(levels).toEqual([100n, 136n, 133n, 133n]);
  });
  it('has nothing to move where one row repays all', () => {
    expect(installmentOf(loan(100, 'level', periods(1, share(0, 1)), { installment: fen(60n), respread: 3 }))).toBe(60n);
    expect(installmentOf(loan(100, 'level', periods(3, share(0, 1)), { installment: fen(200n), respread: 3 }))).toBe(200n);
  });
});

describe('level principal', () => {
  it('shares out what is lent in all, over the rows that repay', () => {
    expect(asked(loan(100, 'level_principal', periods(3, share(1, 10))))).toEqual(['33 + 10', '33 + 7', '34 + 3']);
    expect(asked(loan(100, 'level_principal', periods(3, share(1, 10)), { graceOnPrincipal: 1 }))).toEqual(['0 + 10', '50 + 10', '50 + 5']);
    expect(asked(loan(100, 'level_principal', periods(3, share(0, 1), { 2: [change(20, share(0, 1))] })))).toEqual(['40 + 0', '40 + 0', '40 + 0']);
    expect(asked(loan(500, 'level_principal', periods(2, share(0, 1)), { multipleOf: 100n }))).toEqual(['250 + 0', '250 + 0']);
  });
  it('asks no more than is out after an early repayment', () => {
    expect(rows(loan(90, 'level_principal', periods(3, share(0, 1), { 2: [change(-50, share(0, 1))] })))).toEqual(['13 + 0 → 77', '13 + 0 → 14', '14 + 0 → 0']);
    expect(rows(loan(90, 'level_principal', periods(3, share(0, 1), { 2: [change(-60, share(0, 1))], 3: [change(60, share(0, 1))] })))).toEqual(['30 + 0 → 60', '0 + 0 → 0', '60 + 0 → 0']);
  });
});

describe('principal in one sum at the end', () => {
  it('asks interest before, or adds it, or leaves it for later', () => {
    expect(asked(loan(100, 'bullet', periods(3, share(1, 10))))).toEqual(['0 + 10', '0 + 10', '100 + 10']);
    expect(asked(loan(100, 'bullet', periods(3, share(1, 10)), { capitalized: 1 }))).toEqual(['0 + 0', '0 + 11', '110 + 11']);
    expect(asked(loan(100, 'bullet', periods(3, share(1, 10)), { graceOnInterest: 2 }))).toEqual(['0 + 0', '0 + 0', '100 + 30']);
    expect(asked(loan(100, 'bullet', periods(3, share(1, 10)), { interestFree: 3 }))).toEqual(['0 + 0', '0 + 0', '100 + 0']);
  });
  it('adds interest in its first periods, then lets it run', () => {
    const added = amortize(loan(100, 'bullet', periods(4, share(1, 10)), { capitalized: 2, graceOnInterest: 3 }));
    expect(added.map(({ capitalized, interest, balance }) => [capitalized, interest, balance])).toEqual([[10n, 0n, 110n], [11n, 0n, 121n], [0n, 0n, 121n], [0n, 24n, 0n]]);
  });
});

describe('a flat charge', () => {
  it('is on what was lent, with what came and went by then', () => {
    // 1000/100 + 500/200 = 12.5; then 1500/100.
    const over = periods(2, share(1, 100), { 1: [change(500, share(1, 200))] });
    expect(asked(loan(1000, 'flat', over))).toEqual(['750 + 13', '750 + 15']);
    expect(asked(loan(1000, 'flat', over, { rounding: 'half_even' }))).toEqual(['750 + 12', '750 + 15']);
  });
  it('and its share of principal are each rounded to a multiple: principal makes up for it', () => {
    // Share 333.33 → 300; charge 70 → 100, of which 30 is principal.
    expect(asked(loan(1000, 'flat', periods(3, share(7, 100)), { multipleOf: 100n }))).toEqual(['330 + 70', '330 + 70', '340 + 70']);
  });
  it('rounds in each period, or once for the term and shared out', () => {
    // 3.33 a period, 13.33 in all.
    const flat = (more: Partial<AmortizationTerms>): readonly string[] => asked(loan(1000, 'flat', periods(4, share(1, 300)), more)).map((row) => row.split(' + ')[1]!);
    expect(flat({})).toEqual(['3', '3', '3', '3']);
    expect(flat({ flatCharge: 'term' })).toEqual(['3', '3', '3', '4']);
    expect(flat({ flatCharge: 'term', interestFree: 1 })).toEqual(['0', '3', '3', '4']);
    expect(flat({ flatCharge: 'term', interestFree: 4 })).toEqual(['0', '0', '0', '0']);
    expect(flat({ interestFree: 2 })).toEqual(['0', '0', '3', '3']);
  });
  it('of a term that is less than its parts ends when it is used up', () => {
    // 2 in all, a half each, rounded up: 1, 1.
    expect(asked(loan(200, 'flat', periods(4, share(1, 400)), { flatCharge: 'term' }))).toEqual(['50 + 1', '50 + 1', '50 + 0', '50 + 0']);
    expect(asked(loan(300, 'flat', periods(4, share(1, 400)), { flatCharge: 'term' }))).toEqual(['75 + 1', '75 + 1', '75 + 1', '75 + 0']);
    expect(asked(loan(500, 'flat', periods(4, share(1, 200)), { flatCharge: 'term', rounding: 'half_even' }))).toEqual(['125 + 2', '125 + 2', '125 + 2', '125 + 4']);
  });
  it('in equal installments is part of them', () => {
    // 100 + 4 × 10 in four; principal is the rest.
    expect(asked(loan(100, 'flat_level', periods(4, share(1, 10))))).toEqual(['25 + 10', '25 + 10', '25 + 10', '25 + 10']);
    expect(installmentOf(loan(100, 'flat_level', periods(4, share(1, 10))))).toBe(35n);
    expect(installmentOf(loan(100, 'flat_level', periods(4, share(1, 10)), { graceOnPrincipal: 2 }))).toBe(70n);
    expect(installmentOf(loan(100, 'flat_level', periods(4, share(1, 10)), { multipleOf: 10n }))).toBe(40n);
    expect(installmentOf(loan(90, 'flat_level', periods(4, share(0, 1)), { rounding: 'half_even' }))).toBe(22n);
    expect(asked(loan(100, 'flat_level', periods(4, share(1, 10)), { installment: fen(40n) }))).toEqual(['30 + 10', '30 + 10', '30 + 10', '10 + 10']);
  });
});
