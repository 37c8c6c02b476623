import { businessDate, civilOf, type BusinessDate } from '@mingdai/loan-math';

/** A resident id number that holds together: 18 characters, a day of birth in the calendar, the right check character. */
export type IdNumber = { readonly text: string; readonly birthOn: BusinessDate; readonly isSynthetic: boolean };

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';

/**
 * Reads a resident id number (GB 11643-1999, check character by ISO 7064 MOD 11-2); a small x is taken as X.
 * Null when it is none. Area 99 is assigned to nobody: such a number is synthetic (ID-002).
 *
 * Source  ID-001, ID-002.
 */
export function readIdNumber(given: string): IdNumber | null {
  const text = given.toUpperCase();
  if (!/^\d{17}[\dX]$/.test(text)) return null;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * (text.charCodeAt(index) - 48), 0);
  if (CHECKS[sum % 11] !== text[17]) return null;
  const birthOn = dayIn(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`);
  return birthOn === null ? null : { text, birthOn, isSynthetic: text.startsWith('99') };
}

/** Whole years lived by a day: a year is full on the birthday, for those born on 29 February on 1 March of a common year. */
export function ageOn(birthOn: BusinessDate, day: BusinessDate): number {
  const [born, now] = [civilOf(birthOn), civilOf(day)];
  const hadBirthday = now.month > born.month || (now.month === born.month && now.day >= born.day);
  return now.year - born.year - (hadBirthday ? 0 : 1);
}

/** Provinces and their like by the first two digits of an area code (GB/T 2260, and 81 to 83 of residence permits). */
const REGIONS: ReadonlySet<string> = new Set([
  '11', '12', '13', '14', '15', '21', '22', '23', '31', '32', '33', '34', '35', '36', '37', '41', '42', '43', '44', '45', '46',
  '50', '51', '52', '53', '54', '61', '62', '63', '64', '65', '71', '81', '82', '83',
]);

/** The province of a resident id number, or null when its area is assigned to nobody (ID-002). It says where the number was given, no more. */
export const regionOf = ({ text }: IdNumber): string | null => (REGIONS.has(text.slice(0, 2)) ? text.slice(0, 2) : null);

/** Full civil capacity (ILOAN-022). */
export const MINIMUM_AGE = 18;

function dayIn(text: string): BusinessDate | null {
  try {
    return businessDate(text);
  } catch {
    return null;
  }
}
