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

/** A steady file of the kind the bureau has on most people. Fields are those of the demo's sample. */
const steady: Readonly<Record<string, unknown>> = {
  funded_amnt: '20000', term: 12, annual_inc: '140000', emp_length: '10+ years', addr_state: 'CA', verification_status: 'Source Verified', delinq_2yrs: 0, inq_last_6mths: 0,
  revol_util: '21.4', acc_now_delinq: 0, open_il_6m: 2, open_il_12m: 0, open_il_24m: 1, total_bal_il: '18000', all_util: '35', inq_fi: 0,
  inq_last_12m: 1, delinq_amnt: '0', num_il_tl: 8, total_il_high_credit_limit: '42000',
};
const found = (changes: Readonly<Record<string, unknown>> = {}): Evidence => ({ status: 'found', report: { ...steady, ...changes } });

type Role = { readonly note: string; readonly name: string; readonly birth: string; readonly bureau: Evidence; readonly behaviour: Evidence };

const roles: readonly Role[] = [
  { note: 'A steady payer: is approved.', name: '李明华', birth: '19880412', bureau: found(), behaviour: found() },
  { note: 'A second steady payer, younger, smaller income.', name: '王晓燕', birth: '19950923', bureau: found({ annual_inc: '96000', emp_length: '4 years' }), behaviour: found({ annual_inc: '96000' }) },
  {
    note: 'Refused: the bureau shows overdue accounts.', name: '赵建国', birth: '19790105',
    bureau: found({ delinq_2yrs: 4, acc_now_delinq: 2, delinq_amnt: '8600', inq_last_6mths: 6, inq_last_12m: 14, revol_util: '98.7', all_util: '103' }), behaviour: found({ acc_now_delinq: 2 }),
  },
  { note: 'A thin file: the bureau knows next to nothing.', name: '陈思雨', birth: '20010617', bureau: { status: 'thin', report: {} }, behaviour: { status: 'thin', report: {} } },
  { note: 'Under age: no loan to anyone under 18.', name: '孙小宝', birth: '20120301', bureau: { status: 'not_found', report: {} }, behaviour: { status: 'not_found', report: {} } },
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
