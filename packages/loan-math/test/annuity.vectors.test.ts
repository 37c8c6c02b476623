import { describe, expect, it } from 'vitest';
import { annuity, divFixed, fixedOf, type Fixed, type RateSearch } from '../src/index.ts';
import vectors from './vectors/annuity.json' with { type: 'json' };

type Case = {
  readonly id: string; readonly function: string; readonly verified: boolean; readonly tolerance: string;
  readonly args: Readonly<Record<string, string>>;
  readonly expected: { readonly value: string; readonly valueExact: string | null };
};

/** `'-0.08'`, `'1e-9'`, `'0.08/12'` → an exact decimal, or a quotient of two. */
function number(text: string): Fixed {
  const [top, bottom] = text.split('/');
  if (bottom !== undefined) return divFixed(number(top!), number(bottom));
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text)!;
  const [, sign, whole, decimals = '', exponent = '0'] = match;
  const shift = Number(exponent) - decimals.length;
  const digits = BigInt(`${sign}${whole}${decimals}`);
  return shift >= 0 ? fixedOf(digits * 10n ** BigInt(shift)) : fixedOf(digits, 10n ** BigInt(-shift));
}

const nearest = (found: RateSearch, wanted: Fixed): Fixed => {
  if (found.kind === 'none') throw new Error('a rate exists');
  const rates = found.kind === 'one' ? [found.rate] : found.rates;
  return rates.toSorted((a, b) => (distance(a, wanted) < distance(b, wanted) ? -1 : 1))[0]!;
};
const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);

function computed({ function: name, args, expected }: Case): Fixed {
  const of = (key: string): Fixed => number(args[key] ?? '0');
  const type = args.type === '1' ? 1 : 0;
  const loan = () => ({ rate: of('rate'), nper: Number(args.nper), pv: of('pv'), fv: of('fv'), type }) as const;
  const span = [Number(args.start), Number(args.end)] as const;
  switch (name) {
    case 'PMT': return annuity.pmt(loan());
    case 'IPMT': return annuity.ipmt(loan(), Number(args.per));
    case 'PPMT': return annuity.ppmt(loan(), Number(args.per));
    case 'CUMIPMT': return annuity.cumipmt(loan(), ...span);
    case 'CUMPRINC': return annuity.cumprinc(loan(), ...span);
    case 'PV': return annuity.presentValue(of('rate'), { nper: Number(args.nper), pmt: of('pmt'), fv: of('fv'), type });
    case 'NPER': return annuity.nper(of('rate'), { pmt: of('pmt'), pv: of('pv'), fv: of('fv'), type });
    case 'RATE': return nearest(annuity.rate(of('pv'), { nper: Number(args.nper), pmt: of('pmt'), fv: of('fv'), type }), number(expected.value));
    case 'EFFECT': return annuity.effect(of('nominal'), Number(args.npery));
    case 'NOMINAL': return annuity.nominal(of('effect'), Number(args.npery));
    default: throw new Error(`no such function: ${name}`);
  }
}

describe('published annuity figures', () => {
  for (const c of vectors.cases as readonly Case[]) {
    if (!c.verified) continue;
    it(c.id, () => {
      const value = computed(c);
      expect(distance(value, number(c.expected.value))).toBeLessThanOrEqual(number(c.tolerance));
      // The recomputed figures carry 18 significant digits.
      if (c.expected.valueExact !== null) {
        const exact = number(c.expected.valueExact);
        expect(distance(value, exact)).toBeLessThanOrEqual(distance(exact, 0n) / 10n ** 17n + 10n ** 12n);
      }
    });
  }
  it('are all run', () => expect(vectors.cases.filter((c) => c.verified)).toHaveLength(114));
  it('finds no rate where there is none', () => {
    const c = (vectors.cases as readonly Case[]).find((each) => !each.verified)!;
    expect(annuity.rate(number(c.args.pv!), { nper: Number(c.args.nper), pmt: number(c.args.pmt!), fv: number('0'), type: 0 }).kind).toBe('none');
  });
});
