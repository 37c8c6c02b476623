import { describe, expect, it } from 'vitest';
import { annuity, canonicalJson, divFixed, fixedOf, lnFixed, mulFixed, ONE, powFixed, ppmOfFixed, rootFixed, subFixed, ZERO, type Fixed } from './index.ts';

/** A decimal as a fixed number: the digits anybody can look up. */
function fixed(text: string): Fixed {
  const [, sign, whole, decimals = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)!;
  const size = BigInt(whole + decimals.slice(0, 40).padEnd(40, '0'));
  return (sign === '-' ? -size : size) as Fixed;
}
const isNear = (value: Fixed, text: string, digits: number): boolean => {
  const off = value - fixed(text);
  return (off < 0n ? -off : off) < 10n ** BigInt(40 - digits);
};

describe('numbers of forty digits', () => {
  it('are divided and multiplied to the nearest of the fortieth', () => {
    expect([fixedOf(1n, 3n), fixedOf(2n, 3n), fixedOf(-2n, 3n), fixedOf(2n, -3n), fixedOf(-1n, -4n)]).toEqual([`0.${'3'.repeat(40)}`, `0.${'6'.repeat(39)}7`, `-0.${'6'.repeat(39)}7`, `-0.${'6'.repeat(39)}7`, '0.25'].map(fixed));
    expect(mulFixed(fixed('1.5'), fixed('-2.5'))).toBe(fixed('-3.75'));
    expect([mulFixed(1n as Fixed, fixed('0.5')), mulFixed(1n as Fixed, fixed('0.4'))]).toEqual([1n, 0n]);
    expect(divFixed(fixed('1'), fixed('-8'))).toBe(fixed('-0.125'));
    expect(() => divFixed(ONE, ZERO)).toThrow('b is 0: not 0');
    expect(() => fixedOf(1n, 0n)).toThrow('denominator is 0: not 0');
    expect(() => mulFixed(1 as never, ONE)).toThrow(/^a is 1: a bigint$/);
    expect(() => mulFixed(ONE, 1 as never)).toThrow(/^b is 1: a bigint$/);
  });
  it('are raised to whole powers, below zero too', () => {
    expect([0, 1, 2, 3, 10].map((exponent) => powFixed(fixed('1.1'), exponent))).toEqual(['1', '1.1', '1.21', '1.331', '2.5937424601'].map(fixed));
    expect([-1, -2, -3].map((exponent) => powFixed(fixed('-0.5'), exponent))).toEqual(['-2', '4', '-8'].map(fixed));
    expect([powFixed(ZERO, 0), powFixed(ZERO, 5), powFixed(ONE, 1_000_000_000), powFixed(ONE, -1_000_000_000)]).toEqual([ONE, ZERO, ONE, ONE]);
    expect(powFixed(fixed('-1'), -1)).toBe(fixed('-1'));
    expect(Object.is(Number(powFixed(fixed('2'), -0)), 1e40)).toBe(true);
  });
  it('have no power that is too long to write, and no reciprocal of nothing', () => {
    expect(() => powFixed(fixed('2'), 4_000_001)).toThrow('exponent is 4000001: one that keeps the power of this base below 2^4000000');
    expect(() => powFixed(fixed('-4'), 2_000_001)).toThrow('exponent is 2000001: ');
    expect(() => powFixed((10n ** 400n) as Fixed, 10_000)).toThrow('exponent is 10000: ');
    expect(powFixed((10n ** 400n) as Fixed, 2)).toBe(10n ** 760n);
    expect(() => powFixed(fixed('0.5'), -200)).toThrow('exponent is -200: one at which the power of this base is not nothing at 40 digits');
    expect(() => powFixed(ZERO, -1)).toThrow('exponent is -1: ');
  });
  it('have roots', () => {
    expect(rootFixed(fixed('2'), 2)).toBe(fixed('1.4142135623730950488016887242096980785696'));
    expect(rootFixed(fixed('2'), 12)).toBe(fixed('1.0594630943592952645618252949463417007792'));
    expect([rootFixed(fixed('1024'), 10), rootFixed(fixed('0.0001'), 4), rootFixed(fixed('7'), 1), rootFixed(ONE, 1000)]).toEqual(['2', '0.1', '7', '1'].map(fixed));
  });
  it('have logarithms', () => {
    expect(isNear(lnFixed(fixed('2')), '0.6931471805599453094172321214581765680755', 37)).toBe(true);
    expect(isNear(lnFixed(fixed('0.5')), '-0.6931471805599453094172321214581765680755', 37)).toBe(true);
    expect(isNear(lnFixed(fixed('10')), '2.3025850929940456840179914546843642076011', 37)).toBe(true);
    expect(isNear(lnFixed(fixed('1.1')), '0.0953101798043248600439521232807650922206', 37)).toBe(true);
    expect(isNear(lnFixed(fixed('0.9')), '-0.1053605156578263012275009808393127983061', 37)).toBe(true);
    expect(lnFixed(ONE)).toBe(0n);
  });
  it('are shown in millionths, halves up', () => {
    expect(['0.072', '0.0720004999', '0.0720005', '-0.0720005', '-0.0720004', '3'].map((text) => ppmOfFixed(fixed(text)))).toEqual([72_000n, 72_000n, 72_001n, -72_001n, -72_000n, 3_000_000n]);
  });
});

describe('spreadsheet functions', () => {
  const of = (rate: string, nper: number, pv: string, fv = '0', type: 0 | 1 = 0) => ({ rate: fixed(rate), nper, pv: fixed(pv), fv: fixed(fv), type });
  it('lay an annuity of two payments out as one does by hand', () => {
    // 210 at 10 %: 121 and 121 (231 − 121 = 110, 121 − 121 = 0); at the beginning: 110 and 110 (100 + 10 = 110).
    expect(annuity.pmt(of('0.1', 2, '210'))).toBe(fixed('-121'));
    expect(annuity.pmt(of('0.1', 2, '210', '0', 1))).toBe(fixed('-110'));
    expect([1, 2].map((period) => annuity.ipmt(of('0.1', 2, '210'), period))).toEqual(['-21', '-11'].map(fixed));
    expect([1, 2].map((period) => annuity.ppmt(of('0.1', 2, '210'), period))).toEqual(['-100', '-110'].map(fixed));
    expect([1, 2].map((period) => annuity.ipmt(of('0.1', 2, '210', '0', 1), period))).toEqual(['0', '-10'].map(fixed));
    expect([1, 2].map((period) => annuity.ppmt(of('0.1', 2, '210', '0', 1), period))).toEqual(['-110', '-100'].map(fixed));
    expect(annuity.pmt(of('0', 4, '100', '20'))).toBe(fixed('-30'));
  });
  it('add the parts of several payments up', () => {
    expect([annuity.cumipmt(of('0.1', 2, '210'), 1, 2), annuity.cumprinc(of('0.1', 2, '210'), 1, 2)]).toEqual(['-32', '-210'].map(fixed));
    expect([annuity.cumipmt(of('0.1', 2, '210', '0', 1), 1, 1), annuity.cumipmt(of('0.1', 2, '210', '0', 1), 1, 2), annuity.cumprinc(of('0.1', 2, '210', '0', 1), 1, 2)]).toEqual(['0', '-10', '-210'].map(fixed));
    expect(annuity.cumipmt(of('0.1', 2, '210'), 2, 2)).toBe(fixed('-11'));
  });
  it('count payments, without interest too, and refuse those that lead nowhere', () => {
    const terms = (pmt: string, pv: string, fv: string, type: 0 | 1 = 0) => ({ pmt: fixed(pmt), pv: fixed(pv), fv: fixed(fv), type });
    expect(annuity.nper(ZERO, terms('-25', '100', '0'))).toBe(fixed('4'));
    expect(isNear(annuity.nper(fixed('0.1'), terms('-121', '210', '0')), '2', 28)).toBe(true);
    expect(isNear(annuity.nper(fixed('0.1'), terms('-110', '210', '0', 1)), '2', 28)).toBe(true);
    expect(isNear(annuity.nper(fixed('0.1'), terms('0', '-100', '121')), '2', 28)).toBe(true);
    expect(isNear(annuity.nper(fixed('0.1'), terms('10', '-210', '233.1')), '2', 28)).toBe(true);
    expect(isNear(annuity.nper(fixed('0.1'), terms('10', '100', '0')), '-7.2725408973', 9)).toBe(true);
    for (const [pmt, pv, fv] of [['0', '100', '0'], ['-10', '100', '0'], ['-9', '100', '0'], ['-10', '0', '-100'], ['0', '0', '100']] as const) {
      expect(() => annuity.nper(fixed('0.1'), terms(pmt, pv, fv)), `${pmt} ${pv} ${fv}`).toThrow(': a payment by which the future value is reached');
    }
    expect(() => annuity.nper(ZERO, terms('0', '100', '0'))).toThrow('terms.pmt is 0: not 0: without interest and payments nothing changes');
    const near = fixedOf(1n, 10n ** 10n);
    for (const rate of [near - 1n, 1n - near, 1n, -1n] as Fixed[]) expect(() => annuity.nper(rate, terms('-1', '10', '0'))).toThrow(`rate is ${rate}: 0, or at least ${near} from it`);
    for (const rate of [near, -near] as Fixed[]) expect(isNear(annuity.nper(rate, terms('-1', '10', '0')), '10', 7)).toBe(true);
  });
  it('turn rates a year into rates by the period, and back', () => {
    expect(annuity.effect(fixed('0.12'), 12)).toBe(subFixed(powFixed(fixed('1.01'), 12), ONE));
    expect(annuity.nominal(annuity.effect(fixed('0.2'), 2), 2)).toBe(fixed('0.2'));
    expect(annuity.effect(fixed('-0.9999'), 1)).toBe(fixed('-0.9999'));
    expect(annuity.effect(fixed('-1.9998'), 2)).toBe(fixed('-0.99999999'));
    expect(() => annuity.effect(subFixed(fixed('-1.9998'), 1n as Fixed), 2)).toThrow('nominal is ');
  });
  it('find a present value and the rate it was made from', () => {
    const payments = (pmt: string, fv: string, type: 0 | 1 = 0) => ({ nper: 2, pmt: fixed(pmt), fv: fixed(fv), type });
    expect(isNear(annuity.presentValue(fixed('0.1'), payments('-121', '0')), '210', 36)).toBe(true);
    expect(isNear(annuity.presentValue(fixed('0.1'), payments('-110', '0', 1)), '210', 36)).toBe(true);
    expect(isNear(annuity.presentValue(fixed('0.1'), payments('0', '-121')), '100', 36)).toBe(true);
    for (const [pv, args] of [['210', payments('-121', '0')], ['210', payments('-110', '0', 1)], ['100', payments('0', '-121')]] as const) {
      const found = annuity.rate(fixed(pv), args);
      expect(found.kind === 'one' && isNear(found.rate, '0.1', 28)).toBe(true);
    }
  });
});

describe('canonical JSON', () => {
  it('is refused what JSON does not hold', () => {
    expect(() => canonicalJson({ [Symbol('s')]: 1 })).toThrow();
    expect(canonicalJson({ b: 1, a: [true, null, 'é'], A: '"' })).toBe('{"A":"\\"","a":[true,null,"é"],"b":1}');
  });
});
