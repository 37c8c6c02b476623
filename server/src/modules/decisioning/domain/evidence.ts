import { digestOf } from '../../../kernel/canonical.ts';
import type { Instant } from '../../../kernel/instant.ts';

/** Who answered: the credit bureau (E1), or the licensed source of behaviour data (E2, DATA-006). */
export type SourceName = 'bureau' | 'behaviour';
export type FileStatus = 'found' | 'thin' | 'not_found';

/** What a figure of a report is measured in. `fen` is bigint, the others are whole numbers; a code is one of a closed list. */
export type FieldUnit = 'fen' | 'count' | 'permille' | 'years' | 'code';

type Field<Name extends string> = {
  readonly name: Name;
  readonly unit: FieldUnit;
  /** Largest value believed; above it the reply is garbage. For codes: not used. */
  readonly max: bigint;
  readonly codes?: readonly string[];
  /** The column of the LendingClub sample it stands for, and how the column becomes the figure (docs/specs/evidence-mapping.md). */
  readonly lendingClub: { readonly column: string; readonly how: 'as_is' | 'dollars_times_7' | 'percent_times_10' | 'employment' | 'verification' };
  readonly zh: string;
  readonly en: string;
};

const field = <Name extends string>(name: Name, unit: FieldUnit, max: bigint, of: Omit<Field<Name>, 'name' | 'unit' | 'max'>): Field<Name> => ({ name, unit, max, ...of });
const YUAN_MAX = 100_000_000_000n; // one billion yuan in fen

/** The figures asked of the bureau. Nothing else in its reply is read or kept. */
export const bureauFields = [
  field('delinquencies_24m', 'count', 1000n, { lendingClub: { column: 'delinq_2yrs', how: 'as_is' }, zh: '近24个月逾期30天以上次数', en: 'times 30+ days overdue in 24 months' }),
  field('enquiries_6m', 'count', 1000n, { lendingClub: { column: 'inq_last_6mths', how: 'as_is' }, zh: '近6个月征信查询次数', en: 'credit enquiries in 6 months' }),
  field('enquiries_12m', 'count', 1000n, { lendingClub: { column: 'inq_last_12m', how: 'as_is' }, zh: '近12个月征信查询次数', en: 'credit enquiries in 12 months' }),
  field('finance_enquiries', 'count', 1000n, { lendingClub: { column: 'inq_fi', how: 'as_is' }, zh: '消费金融机构查询次数', en: 'enquiries by personal-finance lenders' }),
  field('revolving_utilisation_permille', 'permille', 10_000n, { lendingClub: { column: 'revol_util', how: 'percent_times_10' }, zh: '循环额度使用率', en: 'use of revolving credit' }),
  field('overall_utilisation_permille', 'permille', 10_000n, { lendingClub: { column: 'all_util', how: 'percent_times_10' }, zh: '全部授信使用率', en: 'use of all credit' }),
  field('accounts_overdue_now', 'count', 1000n, { lendingClub: { column: 'acc_now_delinq', how: 'as_is' }, zh: '当前逾期账户数', en: 'accounts overdue now' }),
  field('overdue_now_fen', 'fen', YUAN_MAX, { lendingClub: { column: 'delinq_amnt', how: 'dollars_times_7' }, zh: '当前逾期金额', en: 'amount overdue now' }),
  field('installment_loans_active', 'count', 1000n, { lendingClub: { column: 'open_il_6m', how: 'as_is' }, zh: '未结清分期贷款笔数', en: 'installment loans running' }),
  field('installment_loans_opened_12m', 'count', 1000n, { lendingClub: { column: 'open_il_12m', how: 'as_is' }, zh: '近12个月新开分期贷款笔数', en: 'installment loans opened in 12 months' }),
  field('installment_loans_opened_24m', 'count', 1000n, { lendingClub: { column: 'open_il_24m', how: 'as_is' }, zh: '近24个月新开分期贷款笔数', en: 'installment loans opened in 24 months' }),
  field('installment_loans_ever', 'count', 1000n, { lendingClub: { column: 'num_il_tl', how: 'as_is' }, zh: '历史分期贷款笔数', en: 'installment loans ever' }),
  field('installment_balance_fen', 'fen', YUAN_MAX, { lendingClub: { column: 'total_bal_il', how: 'dollars_times_7' }, zh: '分期贷款余额', en: 'balance of installment loans' }),
  field('installment_limit_fen', 'fen', YUAN_MAX, { lendingClub: { column: 'total_il_high_credit_limit', how: 'dollars_times_7' }, zh: '分期贷款授信总额', en: 'total granted on installment loans' }),
] as const;

/** The figures asked of the behaviour source. */
export const behaviourFields = [
  field('annual_income_fen', 'fen', YUAN_MAX, { lendingClub: { column: 'annual_inc', how: 'dollars_times_7' }, zh: '年收入', en: 'yearly income' }),
  field('income_years', 'years', 80n, { lendingClub: { column: 'emp_length', how: 'employment' }, zh: '稳定收入年数', en: 'years of regular income' }),
  field('income_evidence', 'code', 0n, { codes: ['none', 'source', 'verified'], lendingClub: { column: 'verification_status', how: 'verification' }, zh: '收入核实程度', en: 'how income was verified' }),
] as const;

export type BureauFieldName = (typeof bureauFields)[number]['name'];
export type BehaviourFieldName = (typeof behaviourFields)[number]['name'];
export type FieldName = BureauFieldName | BehaviourFieldName;
export type FieldValue = bigint | number | string | null;

/** The named figures of a report; null where the source does not know. */
export type BureauReport = Readonly<Record<BureauFieldName, FieldValue>>;
export type BehaviourReport = Readonly<Record<BehaviourFieldName, FieldValue>>;

/** One source's answer as it was obtained: never edited, and its hash proves it. */
export type SourceEvidence<Report> = {
  readonly source: SourceName;
  /** The licensed supplier it came through (DATA-006). */
  readonly supplier: string;
  readonly reportId: string;
  /** The consent and the purpose it was asked under (DATA-001). */
  readonly consentId: string;
  readonly purpose: string;
  readonly obtainedAt: Instant;
  readonly status: FileStatus;
  readonly report: Report;
  /** SHA-256 of the report's canonical JSON. */
  readonly hash: string;
};

/** Everything a decision about one application may look at, taken once. */
export type Evidence = {
  readonly id: string;
  readonly shard: number;
  readonly customerId: string;
  readonly applicationId: string;
  readonly bureau: SourceEvidence<BureauReport>;
  readonly behaviour: SourceEvidence<BehaviourReport>;
};

/** SHA-256 of the whole snapshot; it stands in every decision made on it. */
export const evidenceHash = (evidence: Evidence): string => digestOf(evidence);

export const fieldNamed = (name: string): Field<string> | undefined => [...bureauFields, ...behaviourFields].find((one) => one.name === name);

/** A report in which the source knows nothing. */
export const emptyBureauReport: BureauReport = Object.fromEntries(bureauFields.map(({ name }) => [name, null])) as BureauReport;
export const emptyBehaviourReport: BehaviourReport = Object.fromEntries(behaviourFields.map(({ name }) => [name, null])) as BehaviourReport;

/** A report as a source puts it on the wire: amounts as decimal strings. */
export const bureauWireReport = (report: BureauReport): WireReport => wireOf(report);
export const behaviourWireReport = (report: BehaviourReport): WireReport => wireOf(report);
export type WireReport = Readonly<Record<string, string | number | null>>;
const wireOf = (report: Readonly<Record<string, FieldValue>>): WireReport =>
  Object.fromEntries(Object.entries(report).map(([name, value]) => [name, typeof value === 'bigint' ? `${value}` : value]));

/** One row of the LendingClub sample, by column name. */
export type LendingClubRow = Readonly<Record<string, string>>;

/**
 * What our two sources would have said about a person of the LendingClub sample: the mapping table above, applied. Dollars × 7 are yuan.
 * The lender's own verdict (`int_rate`, `sub_grade`), the outcome (`Class`), the request (`funded_amnt`, `term`) and the place
 * (`addr_state`) are not in it.
 *
 * Throws  RangeError naming column and text when a cell is not what the sample holds.
 * Source  docs/specs/evidence-mapping.md §2.
 */
export function reportsOfLendingClub(row: LendingClubRow): { readonly bureau: BureauReport; readonly behaviour: BehaviourReport } {
  const read = (fields: readonly Field<string>[]) => Object.fromEntries(fields.map((one) => [one.name, figureOf(one, row)]));
  return { bureau: read(bureauFields) as BureauReport, behaviour: read(behaviourFields) as BehaviourReport };
}

function figureOf({ unit, lendingClub: { column, how } }: Field<string>, row: LendingClubRow): FieldValue {
  const text = row[column] ?? '';
  const unreadable = new RangeError(`column ${column} of the sample reads ${JSON.stringify(text)}`);
  if (how === 'verification') return oneOf({ Not_Verified: 'none', Source_Verified: 'source', Verified: 'verified' }, text, unreadable);
  if (how === 'employment') {
    const years = /^emp_(\d)$/.exec(text)?.[1];
    if (years !== undefined) return parseInt(years, 10);
    return oneOf({ emp_lt_1: 0, emp_ge_10: 10, emp_unk: null }, text, unreadable);
  }
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text);
  if (match === null) throw unreadable;
  const hundredths = BigInt(match[1]!) * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
  if (how === 'dollars_times_7') return hundredths * 7n;
  const scale = how === 'percent_times_10' ? 10n : 100n;
  if (unit === 'fen' || hundredths % scale !== 0n) throw unreadable;
  return parseInt(`${hundredths / scale}`, 10);
}

function oneOf<T>(table: Readonly<Record<string, T>>, text: string, unreadable: RangeError): T {
  if (!Object.hasOwn(table, text)) throw unreadable;
  return table[text]!;
}
