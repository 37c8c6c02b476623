import { behaviourFields, bureauFields, type Evidence } from './evidence.ts';
import type { TableInput, TableInputs } from './decision-table.ts';

/** Under which licence the lender works; the same words as the tables' codes. */
export type LenderType = 'bank' | 'consumer_finance' | 'microloan';

/** What the application itself says, apart from the evidence. Null is unknown, and every table says what unknown does. */
export type ApplicationFacts = {
  readonly applicationId: string;
  readonly customerId: string;
  readonly shard: number;
  readonly productCode: string;
  readonly lenderType: LenderType;
  readonly requestedFen: bigint;
  readonly months: number;
  /** Full years on the day of application, from the ID number (ILOAN-022). */
  readonly ageYears: number | null;
  /** As the applicant declared (ILOAN-021). */
  readonly isStudent: boolean | null;
  /** SHA-256 (hex) of the ID number: the whitelist is kept by it (B1). */
  readonly idNumberHash: string;
};

/** The facts as a decision keeps them: with what the whitelist said on the day, and without the hash that names a person. */
export type DecidedFacts = Omit<ApplicationFacts, 'idNumberHash'> & { readonly isInvited: boolean };

/** How much is known of a person: both sources, one or a little, or nothing at all (E5). */
export type FileDepth = 'full' | 'thin' | 'none';

export function fileDepthOf({ bureau, behaviour }: Evidence): FileDepth {
  if (bureau.status === 'found' && behaviour.status === 'found') return 'full';
  return bureau.status === 'not_found' && behaviour.status === 'not_found' ? 'none' : 'thin';
}

/** Every name a table may have a column for. A column of another name is refused at load: it could never be known. */
export const inputNames: readonly string[] = [
  ...[...bureauFields, ...behaviourFields].map(({ name }) => name as string),
  'bureau_file', 'behaviour_file', 'file_depth',
  'age_years', 'is_student', 'lender_type', 'access', 'is_invited', 'requested_fen', 'months',
  'bad_ppm', 'score', 'counted_income_fen',
];

/** What the tables are asked with before anything is scored. Figures become bigint; what is not known stays null. */
export function tableInputs(evidence: Evidence, facts: DecidedFacts, access: string): TableInputs {
  const figures = Object.entries({ ...evidence.bureau.report, ...evidence.behaviour.report });
  return {
    ...Object.fromEntries(figures.map(([name, value]): [string, TableInput] => [name, exact(value)])),
    bureau_file: evidence.bureau.status,
    behaviour_file: evidence.behaviour.status,
    file_depth: fileDepthOf(evidence),
    age_years: exact(facts.ageYears),
    is_student: facts.isStudent,
    lender_type: facts.lenderType,
    access,
    is_invited: facts.isInvited,
    requested_fen: facts.requestedFen,
    months: exact(facts.months),
  };
}

/** Whole numbers to bigint. A fraction or NaN becomes a text no integer column accepts: a wrong type, which stops. */
const exact = (value: TableInput | number): TableInput => (typeof value !== 'number' ? value : Number.isSafeInteger(value) ? BigInt(value) : `not whole: ${value}`);
