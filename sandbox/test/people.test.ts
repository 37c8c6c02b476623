import { describe, expect, it } from 'vitest';
import { builtInPersons, checkCharacter, syntheticCard } from '../src/people.ts';

describe('the persons that are there from the start', () => {
  it('compute the check characters of known id numbers (ID-001, ID-002)', () => {
    for (const known of ['11010519491231002X', '440524188001010014', '990000199001010017', '990000198512319994']) {
      expect(checkCharacter(known.slice(0, 17))).toBe(known[17]);
    }
  });

  it('have cards that pass Luhn (ID-003)', () => {
    const luhn = (card: string) => [...card].reverse().reduce((sum, digit, i) => {
      const doubled = i % 2 === 1 ? Number(digit) * 2 : Number(digit);
      return sum + (doubled > 9 ? doubled - 9 : doubled);
    }, 0) % 10;
    expect(luhn('6222021234567890128')).toBe(0);
    for (const card of [...builtInPersons.map((each) => each.card_number), syntheticCard(999_999_999)]) expect(luhn(card)).toBe(0);
  });

  it('live in the unassigned area 990000 and include one the bureau speaks against and one with a thin file', () => {
    expect(builtInPersons.every((each) => each.id_number.startsWith('990000') && checkCharacter(each.id_number.slice(0, 17)) === each.id_number[17])).toBe(true);
    expect(builtInPersons.some((each) => each.bureau.status === 'thin')).toBe(true);
    expect(builtInPersons.some((each) => Number(each.bureau.report['accounts_overdue_now'] ?? 0) > 0)).toBe(true);
  });
});
