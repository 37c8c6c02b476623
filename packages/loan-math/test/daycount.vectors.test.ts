import { describe, expect, it } from 'vitest';
import {
  actActIsma, anchoredMonths, businessDate, days360, edate, eomonth, excelYearFrac, formatDate, isLeapYear, yearFraction,
  type BusinessDate, type DayCount, type ThirtyRule, type YearFraction,
} from '../src/index.ts';
import vectors from './vectors/daycount.json' with { type: 'json' };

type Case = {
  readonly id: string; readonly convention: string; readonly verified: boolean;
  readonly from?: string; readonly to?: string; readonly months?: number; readonly year?: number;
  readonly terminationDate?: string | null; readonly refStart?: string; readonly refEnd?: string;
  readonly expected: { readonly days?: number; readonly years?: string; readonly yearsExact?: string; readonly date?: string; readonly dates?: readonly string[]; readonly leap?: boolean; readonly daysInYear?: number };
};

const THIRTY: Readonly<Record<string, ThirtyRule>> = {
  '30/360 bond basis': 'bond_basis', '30E/360 eurobond': 'european', '30E/360 ISDA': 'isda', '30U/360 US (end-of-February rule)': 'us',
  'Excel DAYS360 US/NASD': 'excel_nasd', 'Excel DAYS360 european': 'european', '30E+/360': 'european_plus',
};
const YEARS: Readonly<Record<string, DayCount>> = {
  'act/act ISDA': 'act/act_isda', 'act/act AFB': 'act/act_afb', 'act/365F': 'act/365F', 'act/360': 'act/360', 'NL/365': 'nl/365',
  '30E+/360': '30E+/360', '30E/360 eurobond': '30E/360', '30/360 bond basis': '30/360_bond_basis', '30U/360 US (end-of-February rule)': '30/360_us',
};

function yearsOf(c: Case, from: BusinessDate, to: BusinessDate): YearFraction {
  const excel = /^Excel YEARFRAC basis (\d)$/.exec(c.convention);
  if (excel !== null) return excelYearFrac(from, to, Number(excel[1]) as 0);
  if (c.convention === 'act/act ISMA') return actActIsma(from, to, { start: businessDate(c.refStart!), end: businessDate(c.refEnd!) });
  if (c.convention === '30E/360 ISDA') return { numerator: BigInt(daysOf(c, from, to)), denominator: 360n };
  return yearFraction(from, to, YEARS[c.convention]!);
}

function daysOf(c: Case, from: BusinessDate, to: BusinessDate): number {
  if (c.convention === 'actual') return to - from;
  return days360(from, to, THIRTY[c.convention]!, c.terminationDate === undefined || c.terminationDate === null ? null : businessDate(c.terminationDate));
}

function expectFraction(actual: YearFraction, text: string): void {
  const exact = /^(-?\d+)\/(\d+)$/.exec(text);
  if (exact !== null) {
    expect(actual.numerator * BigInt(exact[2]!)).toBe(BigInt(exact[1]!) * actual.denominator);
  } else {
    const [whole, decimals = ''] = text.split('.');
    const scale = 10n ** BigInt(decimals.length);
    const off = actual.numerator * scale - BigInt(whole! + decimals) * actual.denominator;
    // The published decimals are rounded: the exact value is within one unit of their last digit, or of the tenth.
    const slack = decimals.length > 9 ? 10n ** BigInt(decimals.length - 9) : 1n;
    expect((off < 0n ? -off : off) <= slack * actual.denominator).toBe(true);
  }
}

function check(c: Case): void {
  const { expected } = c;
  if (c.year !== undefined) return expect(isLeapYear(c.year)).toBe(expected.leap);
  const from = businessDate(c.from!);
  if (expected.dates !== undefined) return expect(anchoredMonths(from, expected.dates.length).map(formatDate)).toEqual(expected.dates);
  if (expected.date !== undefined) return expect(formatDate((c.convention === 'EOMONTH' ? eomonth : edate)(from, c.months!))).toBe(expected.date);
  const to = businessDate(c.to!);
  if (expected.days !== undefined) expect(daysOf(c, from, to)).toBe(expected.days);
  const years = expected.yearsExact ?? expected.years;
  if (years !== undefined) expectFraction(yearsOf(c, from, to), years);
}

describe('published day counts', () => {
  for (const c of vectors.cases as readonly Case[]) if (c.verified) it(`${c.id}: ${c.convention}`, () => check(c));
  it('are all run', () => expect(vectors.cases.filter((c) => c.verified)).toHaveLength(424));
});
