import { describe, expect, it } from 'vitest';
import * as annuity from './annuity.ts';
import { fixedOf, ONE, ZERO, type Fixed } from './fixed.ts';
import { divideHalfUp } from './money.ts';

const unchecked = <T>(value: unknown): T => value as T;
const fixed = (value: bigint): Fixed => value as Fixed;
const LEAST = fixedOf(-9_999n, 10_000n);
const MOST = fixedOf(1_000_000n);
const AMOUNT = fixedOf(10n ** 40n);
const NEAR = fixedOf(1n, 10n ** 10n);
const beyond = 'more than 10^60';
const below = 'less than -10^60';
const loan: annuity.Annuity = { rate: ZERO, nper: 12, pv: ONE, fv: ZERO, type: 0 };
const level: annuity.Payments = { nper: 12, pmt: fixed(-ONE), fv: ZERO, type: 0 };
const counted = { pmt: fixed(-ONE), pv: ONE, fv: ZERO, type: 0 as const };
const amountsOf = (argument: string): string => `${argument}: -${AMOUNT} to ${AMOUNT}`;

/** What each function says of what it does not take. */
const refused: Readonly<Record<string, readonly (readonly [message: string, act: () => unknown])[]>> = {
  'an annuity': [
    ['annuity is null: an object', () => annuity.pmt(unchecked(null))],
    [`annuity.rate is ${LEAST - 1n}: ${LEAST} to ${MOST}`, () => annuity.pmt({ ...loan, rate: fixed(LEAST - 1n) })],
    [`annuity.rate is ${MOST + 1n}: ${LEAST} to ${MOST}`, () => annuity.pmt({ ...loan, rate: fixed(MOST + 1n) })],
    ['annuity.nper is 0: 1 to 10000', () => annuity.pmt({ ...loan, nper: 0 })],
    [amountsOf(`annuity.pv is ${beyond}`), () => annuity.pmt({ ...loan, pv: fixed(AMOUNT + 1n) })],
    [amountsOf(`annuity.pv is ${below}`), () => annuity.pmt({ ...loan, pv: fixed(-AMOUNT - 1n) })],
    [amountsOf(`annuity.fv is ${beyond}`), () => annuity.pmt({ ...loan, fv: fixed(AMOUNT + 1n) })],
    [amountsOf(`annuity.fv is ${below}`), () => annuity.pmt({ ...loan, fv: fixed(-AMOUNT - 1n) })],
    ['annuity.type is -1: 0 to 1', () => annuity.pmt({ ...loan, type: unchecked(-1) })],
    ['annuity.nper is 0: 1 to 10000', () => annuity.ipmt({ ...loan, nper: 0 }, 1)],
    ['annuity.nper is 0: 1 to 10000', () => annuity.cumipmt({ ...loan, nper: 0 }, 1, 1)],
  ],
  'a payment': [
    ['period is 0: 1 to 12', () => annuity.ipmt(loan, 0)],
    ['period is 13: 1 to 12', () => annuity.ppmt(loan, 13)],
    ['from is 0: 1 to 12', () => annuity.cumipmt(loan, 0, 12)],
    ['from is 13: 1 to 12', () => annuity.cumprinc(loan, 13, 13)],
    ['to is 4: 5 to 12', () => annuity.cumipmt(loan, 5, 4)],
    ['to is 13: 5 to 12', () => annuity.cumprinc(loan, 5, 13)],
  ],
  'level payments': [
    [`rate is ${LEAST - 1n}: ${LEAST} to ${MOST}`, () => annuity.presentValue(fixed(LEAST - 1n), level)],
    ['payments is 5: an object', () => annuity.presentValue(ZERO, unchecked(5))],
    ['payments.nper is 10001: 1 to 10000', () => annuity.presentValue(ZERO, { ...level, nper: 10_001 })],
    [amountsOf(`payments.pmt is ${beyond}`), () => annuity.presentValue(ZERO, { ...level, pmt: fixed(AMOUNT + 1n) })],
    [amountsOf(`payments.pmt is ${below}`), () => annuity.presentValue(ZERO, { ...level, pmt: fixed(-AMOUNT - 1n) })],
    [amountsOf(`payments.fv is ${beyond}`), () => annuity.presentValue(ZERO, { ...level, fv: fixed(AMOUNT + 1n) })],
    [amountsOf(`payments.fv is ${below}`), () => annuity.presentValue(ZERO, { ...level, fv: fixed(-AMOUNT - 1n) })],
    ['payments.type is 2: 0 to 1', () => annuity.presentValue(ZERO, { ...level, type: unchecked(2) })],
    [amountsOf(`pv is ${beyond}`), () => annuity.rate(fixed(AMOUNT + 1n), level)],
    [amountsOf(`pv is ${below}`), () => annuity.rate(fixed(-AMOUNT - 1n), level)],
    ['payments.nper is 481: 1 to 480', () => annuity.rate(ONE, { ...level, nper: 481 })],
  ],
  'a number of payments': [
    [`rate is ${MOST + 1n}: ${LEAST} to ${MOST}`, () => annuity.nper(fixed(MOST + 1n), counted)],
    [`rate is ${NEAR - 1n}: 0, or at least ${NEAR} from it`, () => annuity.nper(fixed(NEAR - 1n), counted)],
    [`rate is ${1n - NEAR}: 0, or at least ${NEAR} from it`, () => annuity.nper(fixed(1n - NEAR), counted)],
    ['terms is null: an object', () => annuity.nper(ZERO, unchecked(null))],
    ...(['pmt', 'pv', 'fv'] as const).flatMap((key) => [
      [amountsOf(`terms.${key} is ${beyond}`), () => annuity.nper(ZERO, { ...counted, [key]: AMOUNT + 1n })] as const,
      [amountsOf(`terms.${key} is ${below}`), () => annuity.nper(ZERO, { ...counted, [key]: -AMOUNT - 1n })] as const,
    ]),
    ['terms.type is 2: 0 to 1', () => annuity.nper(ZERO, { ...counted, type: unchecked(2) })],
    ['terms.type is -1: 0 to 1', () => annuity.nper(ZERO, { ...counted, type: unchecked(-1) })],
    ['terms.pmt is 0: not 0: without interest and payments nothing changes', () => annuity.nper(ZERO, { ...counted, pmt: ZERO })],
    ['terms.pmt is -10: a payment by which the future value is reached', () => annuity.nper(fixedOf(1n, 10n), { ...counted, pmt: fixed(-10n), pv: fixed(100n) })],
  ],
  'a rate by the period': [
    ['periods is 0: 1 to 10000', () => annuity.effect(ZERO, 0)],
    ['periods is 10001: 1 to 10000', () => annuity.effect(ZERO, 10_001)],
    [`nominal is ${2n * LEAST - 1n}: ${2n * LEAST} to ${MOST}`, () => annuity.effect(fixed(2n * LEAST - 1n), 2)],
    [`nominal is ${MOST + 1n}: ${LEAST} to ${MOST}`, () => annuity.effect(fixed(MOST + 1n), 1)],
    [`effective is ${LEAST - 1n}: ${LEAST} to ${MOST}`, () => annuity.nominal(fixed(LEAST - 1n), 1)],
    [`effective is ${MOST + 1n}: ${LEAST} to ${MOST}`, () => annuity.nominal(fixed(MOST + 1n), 1)],
    ['periods is 0: 1 to 1000', () => annuity.nominal(ZERO, 0)],
    ['periods is 1001: 1 to 1000', () => annuity.nominal(ZERO, 1001)],
  ],
};

for (const [what, table] of Object.entries(refused)) {
  describe(`${what} outside its bounds`, () => {
    it.each(table)('%s', (message, act) => expect(act).toThrow(expect.objectContaining({ name: 'ArgumentError', message })));
  });
}

describe('what is just within the bounds', () => {
  it('of an annuity is computed', () => {
    expect(annuity.pmt({ ...loan, nper: 1, pv: AMOUNT, fv: fixed(-AMOUNT) })).toBe(0n);
    expect(annuity.pmt({ ...loan, nper: 1, pv: fixed(-AMOUNT), fv: AMOUNT })).toBe(0n);
    // At −99.99 % a ten-thousandth is left; at a millionfold, a million and one.
    expect(annuity.pmt({ ...loan, nper: 1, rate: LEAST })).toBe(-ONE / 10_000n);
    expect(annuity.pmt({ ...loan, nper: 1, rate: MOST })).toBe(-ONE * 1_000_001n);
  });
  it('of a present value, a number of payments and a rate is, too', () => {
    expect(annuity.presentValue(ZERO, { ...level, nper: 1, pmt: AMOUNT, fv: fixed(-AMOUNT) })).toBe(0n);
    expect(annuity.presentValue(ZERO, { ...level, nper: 1, pmt: fixed(-AMOUNT), fv: AMOUNT })).toBe(0n);
    expect(annuity.nper(ZERO, { pmt: fixed(-AMOUNT), pv: AMOUNT, fv: AMOUNT, type: 1 })).toBe(2n * ONE);
    expect(annuity.nper(ZERO, { pmt: AMOUNT, pv: fixed(-AMOUNT), fv: fixed(-AMOUNT), type: 0 })).toBe(2n * ONE);
    expect(annuity.rate(AMOUNT, { nper: 1, pmt: fixed(-AMOUNT), fv: ZERO, type: 0 })).toMatchObject({ kind: 'one', rate: 0n });
    expect(annuity.rate(fixed(-AMOUNT), { nper: 1, pmt: AMOUNT, fv: ZERO, type: 0 })).toMatchObject({ kind: 'one', rate: 0n });
  });
  it('of a rate by the period is, too', () => {
    expect(annuity.effect(MOST, 1)).toBe(MOST);
    expect([annuity.nominal(LEAST, 1), annuity.nominal(MOST, 1)]).toEqual([LEAST, MOST]);
  });
});

describe('payments at the beginning of three periods at 10 %', () => {
  // 364.1 = 133.1 × (1 + 1/1.1 + 1/1.21) = 133.1 + 121 + 110
  const early: annuity.Annuity = { rate: fixedOf(1n, 10n), nper: 3, pv: fixedOf(3641n, 10n), fv: ZERO, type: 1 };
  /** In tenths, to the tenth decimal. */
  const tenths = (value: Fixed): number => Number(divideHalfUp(value, 10n ** 30n)) / 1e9;
  it('bear interest on what is left after each', () => {
    expect(tenths(annuity.pmt(early))).toBe(-1331);
    // 364.1 − 133.1 = 231 bears 23.1; 254.1 − 133.1 = 121 bears 12.1; 133.1 − 133.1 = 0.
    expect([1, 2, 3].map((period) => tenths(annuity.ipmt(early, period)))).toEqual([0, -231, -121]);
    expect([1, 2, 3].map((period) => tenths(annuity.ppmt(early, period)))).toEqual([-1331, -1100, -1210]);
  });
  it('add up over any of them', () => {
    const spans = [[1, 1], [1, 2], [1, 3], [2, 2], [2, 3], [3, 3]] as const;
    expect(spans.map(([from, to]) => tenths(annuity.cumipmt(early, from, to)))).toEqual([0, -231, -352, -231, -352, -121]);
    expect(spans.map(([from, to]) => tenths(annuity.cumprinc(early, from, to)))).toEqual([-1331, -2431, -3641, -1100, -2310, -1210]);
  });
  it('come to what is left at the end', () => {
    // 100 less 80 paid at once is 20, and 22 after the period.
    expect(tenths(annuity.pmt({ ...early, nper: 1, pv: fixedOf(100n), fv: fixedOf(-22n) }))).toBe(-800);
    expect(tenths(annuity.presentValue(fixedOf(1n, 10n), { nper: 1, pmt: fixedOf(-80n), fv: fixedOf(-22n), type: 1 }))).toBe(1000);
  });
});
