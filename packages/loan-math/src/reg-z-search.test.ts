import { describe, expect, it } from 'vitest';
import { fixedOf, ONE, type Fixed } from './fixed.ts';
import { bracketOf, closeIn, worthOf, type Bracket, type Term, type Worth } from './reg-z-search.ts';

const rateOf = (ppm: bigint): Fixed => fixedOf(ppm, 1_000_000n);
const term = (whole: number, amount: bigint, odd = 0n): Term => ({ whole, amount, odd: fixedOf(odd) });
/** In ten-thousandths, exactly. */
const at = (terms: readonly Term[], rate: Fixed): readonly bigint[] => {
  const { value, slope } = worthOf(terms)(rate);
  return [value, slope].map((amount) => {
    expect(amount % (ONE / 10_000n)).toBe(0n);
    return amount / (ONE / 10_000n);
  });
};
/** A worth that notes where it was asked. */
function noted(worth: Worth): { readonly worth: Worth; readonly asked: readonly bigint[] } {
  const asked: bigint[] = [];
  return { asked, worth: (rate) => { asked.push(rate); return worth(rate); } };
}

describe('what advances are worth less payments', () => {
  const terms = [term(0, 100n), term(1, -110n), term(3, -50n)];
  it('is counted at the first day from a rate of zero up, with how fast it rises', () => {
    // 100 − 110 × 0.8 − 50 × 0.512 = −13.6; 110 × 0.64 + 3 × 50 × 0.4096 = 131.84
    expect(at(terms, rateOf(250_000n))).toEqual([-136_000n, 1_318_400n]);
    // 100 − 110 − 50; 110 + 3 × 50
    expect(at(terms, rateOf(0n))).toEqual([-600_000n, 2_600_000n]);
  });
  it('is counted at the last day below', () => {
    // 100 × 0.512 − 110 × 0.64 − 50 = −69.2; 300 × 0.64 − 220 × 0.8 = 16
    expect(at(terms, rateOf(-200_000n))).toEqual([-692_000n, 160_000n]);
  });
  it('of an odd part is divided by simple interest', () => {
    // 100 × 0.8 × 0.8 (a whole odd period at 25 % simple) = 64, falling by 64 × (0.8 + 0.8)
    expect(at([term(1, 100n, 1n)], rateOf(250_000n))).toEqual([640_000n, -1_024_000n]);
    // 100 × 0.8³ / 0.8 less 50: 100 × 0.64 − 50; slope 64 × (3 × 1.25 − 1.25)
    expect(at([term(0, 100n, 1n), term(3, -50n)], rateOf(-200_000n))).toEqual([140_000n, 1_600_000n]);
    expect(at([term(1, 100n, 1n), term(1, 100n), term(2, 100n, 1n)], rateOf(250_000n))).toEqual([640_000n + 800_000n + 512_000n, -1_024_000n - 640_000n - 512_000n * 2n - 204_800n]);
  });
  it('is the same in whatever order they are named', () => {
    const many = [term(0, 1000n), term(1, -90n), term(1, -7n, 1n), term(2, -110n), term(7, -350n), term(24, -900n)];
    const shuffled = [5, 1, 3, 0, 4, 2].map((index) => many[index]!);
    for (const ppm of [12_345n, -12_347n, 777_777n, -777_777n]) expect(worthOf(shuffled)(rateOf(ppm))).toEqual(worthOf(many)(rateOf(ppm)));
  });
});

describe('the bracket of a rate', () => {
  const rising = (root: Fixed): Worth => (rate) => ({ value: rate - root, slope: ONE });
  it('is looked for by steps of a thousandth that grow by half', () => {
    // 0.001, 0.0025, 0.00475, 0.008125, 0.0131875
    expect(bracketOf(rising(rateOf(12_000n)), true)).toEqual([fixedOf(8_125n, 10n ** 6n), fixedOf(131_875n, 10n ** 7n)]);
    expect(bracketOf(rising(rateOf(-12_000n)), false)).toEqual([fixedOf(-131_875n, 10n ** 7n), fixedOf(-8_125n, 10n ** 6n)]);
    expect(bracketOf(rising(rateOf(1n)), true)).toEqual([0n, rateOf(1_000n)]);
  });
  it('has a rate that a step meets at its nearer end', () => {
    expect(bracketOf(rising(rateOf(2_500n)), true)).toEqual([rateOf(2_500n), rateOf(4_750n)]);
    expect(bracketOf(rising(rateOf(-2_500n)), false)).toEqual([rateOf(-4_750n), rateOf(-2_500n)]);
  });
  it('goes no further than a millionfold, and −99.99 %', () => {
    const [up, down] = [noted(() => ({ value: -1n, slope: 0n })), noted(() => ({ value: 1n, slope: 0n }))];
    expect([bracketOf(up.worth, true), bracketOf(down.worth, false)]).toEqual([null, null]);
    expect(up.asked.filter((rate) => rate > ONE * 1_000_000n)).toHaveLength(1);
    expect(down.asked[down.asked.length - 1]).toBe(rateOf(-999_900n));
    expect(down.asked.filter((rate) => rate <= rateOf(-999_900n))).toHaveLength(1);
    expect(bracketOf(rising(rateOf(-999_899n)), false)![0]).toBe(rateOf(-999_900n));
  });
});

describe('closing in on a rate', () => {
  const bracket: Bracket = [rateOf(100_000n), rateOf(400_000n)];
  const found = (worth: Worth, within: Bracket = bracket) => {
    const { worth: asking, asked } = noted(worth);
    return { rate: closeIn(asking, within), asked };
  };
  it('takes one step where worth is a straight line, and stops where nothing is left', () => {
    const { rate, asked } = found((each) => ({ value: 3n * (each - rateOf(170_000n)), slope: 3n * ONE }));
    expect(rate).toBe(rateOf(170_000n));
    expect(asked).toEqual([rateOf(250_000n), rateOf(170_000n)]);
    expect(found((each) => ({ value: each - rateOf(340_000n), slope: ONE })).asked).toEqual([rateOf(250_000n), rateOf(340_000n)]);
  });
  it('takes few steps where it bends', () => {
    // rate² = 0.0625 has the root 0.25; rate³ = 0.027 has 0.3.
    const square = found((each) => ({ value: (each * each) / ONE - rateOf(62_500n), slope: 2n * each }), [rateOf(100_000n), rateOf(300_000n)]);
    expect([square.rate - rateOf(250_000n) <= 1n, square.asked.length <= 7]).toEqual([true, true]);
    const cube = found((each) => ({ value: (each * each * each) / ONE / ONE - rateOf(27_000n), slope: (3n * each * each) / ONE }));
    const off = cube.rate - rateOf(300_000n);
    expect([off < 10n ** 8n && off > -(10n ** 8n), cube.asked.length <= 8]).toEqual([true, true]);
  });
  it('halves where there is no slope to follow, or one that leads out', () => {
    const root = rateOf(123_457n);
    for (const slope of [0n, 1n, -1n, -ONE]) {
      const { rate, asked } = found((each) => ({ value: each - root === 0n ? 1n : each - root, slope }));
      expect(rate - root < 10n ** 8n && root - rate < 10n ** 8n).toBe(true);
      expect(asked.slice(0, 3)).toEqual([rateOf(250_000n), rateOf(175_000n), rateOf(137_500n)]);
    }
  });
  it('halves where steps shrink too slowly', () => {
    // A slope ten times too steep goes a tenth of the way: allowed once, then not before the middle.
    const root = rateOf(150_000n);
    const { rate, asked } = found((each) => ({ value: each - root, slope: 10n * ONE }));
    expect(rate - root < 10n ** 10n && root - rate < 10n ** 10n).toBe(true);
    expect(asked.slice(0, 3)).toEqual([rateOf(250_000n), rateOf(240_000n), rateOf(170_000n)]);
    expect(asked.length).toBeLessThan(250);
  });
  it('asks nothing of a bracket that is a point', () => expect(found(() => ({ value: 1n, slope: 0n }), [rateOf(5n), rateOf(5n)])).toEqual({ rate: rateOf(5n), asked: [] }));
});
