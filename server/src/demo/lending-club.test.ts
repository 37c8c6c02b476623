import { describe, expect, it } from 'vitest';
import { readLendingClub } from './fit-scorecard.ts';
import { lendingClubPerson } from './lending-club.ts';

const sample = readLendingClub();
const people = sample.rows.map((row, index) => lendingClubPerson(row, index));
const distinct = (values: readonly string[]) => new Set(values).size;

describe('the people of the demo', () => {
  it('are all 9,857 of the sample, 517 of them bad', () => {
    expect(people.length).toBe(9_857);
    expect(people.filter(({ isBad }) => isBad).length).toBe(517);
  });

  it('are nobody: no two share a number, and every ID number is of the area nobody is born in', () => {
    for (const of of ['openid', 'id_number', 'phone', 'card_number', 'face_ticket', 'name'] as const) expect(distinct(people.map(({ person }) => person[of]))).toBe(people.length);
    for (const { person } of people) {
      expect(person.id_number).toMatch(/^990000(19[7-9]\d|200[0-4])(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$/);
      expect(person.phone).toMatch(/^1990\d{7}$/);
    }
  });

  it('have check digits that hold (ISO 7064 MOD 11-2, Luhn)', () => {
    for (const { person } of people) {
      // MOD 11-2 the way the standard checks it: fold the digits with weight 2, the whole must leave 1.
      const folded = [...person.id_number].reduce((rest, digit, at) => ((rest + (digit === 'X' ? 10 : Number(digit))) * (at === 17 ? 1 : 2)) % 11, 0);
      expect(folded).toBe(1);
      const luhn = [...person.card_number].reverse().reduce((sum, digit, at) => sum + (at % 2 === 0 ? Number(digit) : (Number(digit) * 2) % 10 + Math.floor((Number(digit) * 2) / 10)), 0);
      expect(luhn % 10).toBe(0);
    }
  });

  it('ask for the sample\'s dollars × 7, at most 200,000 yuan, over 12 or 24 months', () => {
    expect(people[0]).toMatchObject({ requestedFen: 11_270_000n, months: 12 });
    expect(people[1]).toMatchObject({ requestedFen: 20_000_000n, months: 24 });
    for (const { requestedFen } of people) expect(requestedFen >= 700_000n && requestedFen <= 20_000_000n).toBe(true);
  });

  it('are the same people every time', () => expect(sample.rows.slice(0, 50).map((row, index) => lendingClubPerson(row, index))).toEqual(people.slice(0, 50)));

  it('carry neither the outcome nor the lender\'s verdict in what the sources answer', () => {
    const text = JSON.stringify(people.slice(0, 200).map(({ person }) => person));
    expect(text).not.toMatch(/good|bad|sub_grade|int_rate|Class|"[A-G][1-5]"/);
  });

  it('a row that is not of the sample is refused', () => {
    expect(() => lendingClubPerson({ ...sample.rows[0]!, term: 'term_48' }, 0)).toThrow('column term');
    expect(() => lendingClubPerson({ ...sample.rows[0]!, funded_amnt: '-5' }, 0)).toThrow('column funded_amnt');
  });
});
