import { createHash } from 'node:crypto';
import { addDays, businessDate, formatDate } from '@mingdai/loan-math';
import { behaviourWireReport, bureauWireReport, reportsOfLendingClub, type LendingClubRow } from '../modules/decisioning/index.ts';

/** A person of the demo as the outside world is told about them (`POST /control/persons`), and what they will ask for. */
export type LendingClubPerson = {
  readonly person: {
    readonly openid: string;
    readonly name: string;
    readonly id_number: string;
    readonly phone: string;
    readonly card_number: string;
    readonly face_ticket: string;
    readonly bureau: WireEvidence;
    readonly behaviour: WireEvidence;
  };
  readonly idNumberHash: string;
  readonly requestedFen: bigint;
  readonly months: 12 | 24;
  /** Class = bad in the sample: this person will stop paying. Never shown to the server. */
  readonly isBad: boolean;
};
export type WireEvidence = { readonly status: 'found'; readonly report: Readonly<Record<string, string | number | null>> };

/** Nobody may ask for more than the product's top limit: some of the sample's dollars × 7 are more. */
const REQUEST_MAX_FEN = 20_000_000n;

/**
 * What the outside world answers about the person of row `index` of the sample, and what that person asks for. The credit facts are the
 * sample's (docs/specs/evidence-mapping.md); name, ID number, phone, card and openid are invented from the index alone: the ID numbers
 * are of area 990000, which no authority assigns (ID-002).
 *
 * Throws  RangeError when a cell of the row is not what the sample holds.
 */
export function lendingClubPerson(row: LendingClubRow, index: number): LendingClubPerson {
  const reports = reportsOfLendingClub(row);
  const idNumber = inventedIdNumber(index);
  const asked = wholeDollars(row['funded_amnt']) * 700n;
  const term = row['term'];
  if (term !== 'term_36' && term !== 'term_60') throw new RangeError(`column term of the sample reads ${JSON.stringify(term)}`);
  return {
    person: {
      openid: `lc${String(index).padStart(5, '0')}`,
      name: inventedName(index),
      id_number: idNumber,
      phone: `1990${String(index).padStart(7, '0')}`,
      card_number: inventedCard(index),
      face_ticket: `face-${idNumber}`,
      bureau: { status: 'found', report: bureauWireReport(reports.bureau) },
      behaviour: { status: 'found', report: behaviourWireReport(reports.behaviour) },
    },
    idNumberHash: createHash('sha256').update(idNumber).digest('hex'),
    requestedFen: asked > REQUEST_MAX_FEN ? REQUEST_MAX_FEN : asked,
    months: term === 'term_36' ? 12 : 24,
    isBad: row['Class'] === 'bad',
  };
}

const FIRST_BIRTHDAY = businessDate('1970-01-01');
const BIRTHDAYS = 12_783; // to 2004-12-30; shares no factor with the step below, nor with 1,000, so that no two numbers meet
const BIRTHDAY_STEP = 37;

/** 990000, a birthday, a number of the day, and the check character of ISO 7064 MOD 11-2 (ID-001). */
function inventedIdNumber(index: number): string {
  const birthday = formatDate(addDays(FIRST_BIRTHDAY, (index * BIRTHDAY_STEP) % BIRTHDAYS)).replaceAll('-', '');
  const first17 = `990000${birthday}${String(index % 1000).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * (first17.charCodeAt(at) - 48), 0);
  return `${first17}${'10X98765432'[sum % 11]!}`;
}

/** 629900 is the prefix of these persons' cards; the last digit is Luhn's (ID-003). */
function inventedCard(index: number): string {
  const first15 = `629900${String(index).padStart(9, '0')}`;
  const sum = [...first15].reduce((total, digit, at) => {
    const counted = (digit.charCodeAt(0) - 48) * (at % 2 === 0 ? 2 : 1);
    return total + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return `${first15}${(10 - (sum % 10)) % 10}`;
}

const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜';
const GIVEN = '安白川德恩飞谷海和嘉景可兰明宁平庆然书天文晓心雅一永雨远泽知舟子';

/** Distinct for the first 32 × 32 × 32 applicants; any likeness to living persons is chance. */
function inventedName(index: number): string {
  const [surname, first, second] = [index % 32, Math.floor(index / 32) % 32, Math.floor(index / 1024) % 32];
  return `${SURNAMES[surname]!}${GIVEN[(first + surname) % 32]!}${GIVEN[(second + 7) % 32]!}`;
}

function wholeDollars(text: string | undefined): bigint {
  if (text === undefined || !/^\d{3,6}$/.test(text)) throw new RangeError(`column funded_amnt of the sample reads ${JSON.stringify(text)}`);
  return BigInt(text);
}
