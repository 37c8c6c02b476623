import { sha256 } from './signature.ts';
import type { Evidence, Person } from './world.ts';

/** The check character of the first 17 digits of a resident id (GB 11643-1999, ISO 7064 MOD 11-2; ID-001). */
export function checkCharacter(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return '10X98765432'[sum % 11]!;
}

/** A synthetic id number of the unassigned area 990000 (ID-002). */
export function syntheticId(birth: string, sequence: number): string {
  const first17 = `990000${birth}${String(sequence).padStart(3, '0')}`;
  return first17 + checkCharacter(first17);
}

/** A card number of the test range 62 with its Luhn digit (ID-003). */
export function syntheticCard(number: number): string {
  const first15 = `620000${String(number).padStart(9, '0')}`;
  const sum = [...first15].reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${first15}${(10 - (sum % 10)) % 10}`;
}

/** A login code good for one use, as WeChat would give it to the person's mini-program. */
export const loginCode = (openid: string, nonce: string): string => `code-${openid}-${nonce}`;

export const faceTicketOf = (idNumber: string): string => `face-${idNumber}`;
export const idNumberSha256 = (idNumber: string): string => sha256(idNumber);

/** A steady file. Amounts are fen as text, rates per thousand; the figures are those the sources of the demo give. */
const steady: Readonly<Record<string, unknown>> = {
  delinquencies_24m: 0, enquiries_6m: 0, enquiries_12m: 1, finance_enquiries: 0, revolving_utilisation_permille: 210, overall_utilisation_permille: 350,
  accounts_overdue_now: 0, overdue_now_fen: '0', installment_loans_active: 1, installment_loans_opened_12m: 0, installment_loans_opened_24m: 1, installment_loans_ever: 6,
  installment_balance_fen: '3200000', installment_limit_fen: '12000000',
};
const income: Readonly<Record<string, unknown>> = { annual_income_fen: '24000000', income_years: 9, income_evidence: 'verified' };
const bureauFile = (changes: Readonly<Record<string, unknown>> = {}): Evidence => ({ status: 'found', report: { ...steady, ...changes } });
const behaviourFile = (changes: Readonly<Record<string, unknown>> = {}): Evidence => ({ status: 'found', report: { ...income, ...changes } });
const nobody: Evidence = { status: 'not_found', report: {} };

type Role = { readonly note: string; readonly name: string; readonly birth: string; readonly bureau: Evidence; readonly behaviour: Evidence };

const roles: readonly Role[] = [
  { note: 'A steady payer: is approved.', name: '李明华', birth: '19880412', bureau: bureauFile(), behaviour: behaviourFile() },
  {
    note: 'A second steady payer, younger, smaller income.', name: '王晓燕', birth: '19950923',
    bureau: bureauFile({ enquiries_6m: 1, enquiries_12m: 2, overall_utilisation_permille: 430 }), behaviour: behaviourFile({ annual_income_fen: '13200000', income_years: 4, income_evidence: 'source' }),
  },
  {
    note: 'Refused: the bureau shows overdue accounts.', name: '赵建国', birth: '19790105',
    bureau: bureauFile({
      delinquencies_24m: 4, accounts_overdue_now: 2, overdue_now_fen: '860000', enquiries_6m: 6, enquiries_12m: 14, finance_enquiries: 5, revolving_utilisation_permille: 987, overall_utilisation_permille: 1030,
    }),
    behaviour: behaviourFile({ annual_income_fen: '9000000', income_years: 1, income_evidence: 'none' }),
  },
  { note: 'A thin file: the bureau knows next to nothing.', name: '陈思雨', birth: '20010617', bureau: { status: 'thin', report: {} }, behaviour: behaviourFile({ annual_income_fen: '9600000', income_years: 2 }) },
  { note: 'Under age: no loan to anyone under 18.', name: '孙小宝', birth: '20120301', bureau: nobody, behaviour: nobody },
];

/** The persons that are there from the start, so that a visitor can go through the five stages by hand. */
export const builtInPersons: readonly Person[] = roles.map((role, index) => {
  const idNumber = syntheticId(role.birth, index + 1);
  return {
    openid: `demo${index + 1}`,
    name: role.name,
    id_number: idNumber,
    phone: `1390000000${index + 1}`,
    card_number: syntheticCard(index + 1),
    face_ticket: faceTicketOf(idNumber),
    bureau: role.bureau,
    behaviour: role.behaviour,
    note: role.note,
  };
});

/** What is on the lender's settlement account and on each built-in person's card at the start. */
export const OPENING_SETTLEMENT_FEN = 100_000_000_000n;
export const OPENING_CARD_FEN = 500_000n;
/** Before any day the clock is likely to be set to. */
export const OPENED_ON = '2020-01-01';
