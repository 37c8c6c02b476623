import { assert, businessDate, type BusinessDate } from '@mingdai/loan-math';

/** What the law distinguishes when it sets a ceiling. Keyed by licence, never by what a company calls itself (RATE-023). */
export type LenderType = 'bank' | 'consumer_finance' | 'microloan';
export type LicenceKind = 'private_bank' | 'city_bank' | 'rural_bank' | 'national_bank' | 'consumer_finance' | 'network_microloan';

export const LENDER_TYPE_OF: Readonly<Record<LicenceKind, LenderType>> = {
  private_bank: 'bank',
  city_bank: 'bank',
  rural_bank: 'bank',
  national_bank: 'bank',
  consumer_finance: 'consumer_finance',
  network_microloan: 'microloan',
};

/** No row of any table may permit more (RATE-024). It is no permitted ceiling: it is where a wrong row stops the program. */
export const HARD_STOP_PPM = 360_000n;

/** The rows as they are written down. */
export type CapRowDocument = {
  readonly rule: string;
  readonly lender_type: string;
  readonly action: string;
  readonly from: string;
  readonly through: string | null;
  readonly max_term_months: number | null;
  readonly cap: { readonly kind: string; readonly ppm?: string; readonly times?: string };
};
export type LprRowDocument = { readonly from: string; readonly ppm: string };

type CapRow = {
  readonly rule: string;
  readonly lenderType: LenderType;
  readonly action: 'block' | 'warn';
  readonly from: BusinessDate;
  readonly through: BusinessDate | null;
  readonly maxTermMonths: number | null;
  readonly cap: { readonly kind: 'fixed'; readonly ppm: bigint } | { readonly kind: 'times_lpr'; readonly times: bigint };
};
type LprRow = { readonly from: BusinessDate; readonly ppm: bigint };
export type CapTable = { readonly caps: readonly CapRow[]; readonly lpr: readonly LprRow[] };

/** A ceiling as it holds for one price: which rule, how much, and what it follows from. */
export type Cap = { readonly rule: string; readonly capPpm: bigint; readonly basis: 'fixed' | { readonly times: bigint; readonly lprPpm: bigint; readonly lprSince: BusinessDate } };

const LENDER_TYPES: readonly LenderType[] = ['bank', 'consumer_finance', 'microloan'];

/**
 * Reads and proves the table: every word known, no fixed cap above the hard stop, no two rows of one action that hold on one day for
 * the same terms.
 *
 * Throws  InvariantError naming the row: a wrong table stops the start, it never lets a price pass.
 */
export function loadCapTable(caps: readonly CapRowDocument[], lpr: readonly LprRowDocument[]): CapTable {
  const rows = caps.map(capRow);
  rows.forEach((row, index) => {
    const twin = rows.slice(0, index).find((other) => other.lenderType === row.lenderType && other.action === row.action && other.maxTermMonths === row.maxTermMonths && overlap(other, row));
    assert(twin === undefined, `one cap of a kind on one day: ${row.rule} and ${twin?.rule} for ${row.lenderType} overlap`);
  });
  const rates = lpr.map((row) => ({ from: businessDate(row.from), ppm: BigInt(row.ppm) })).sort((a, b) => a.from - b.from);
  return { caps: rows, lpr: rates };
}

/**
 * The ceiling nothing of this lender may pass on this day, or null when no rule is known (then nothing may be sold, RATE-027).
 * Of two that hold, the more special by term binds (RATE-017 beside RATE-019).
 *
 * Throws  InvariantError when the answer is above the hard stop.
 * Source  docs/specs/price-cap.md §1.
 */
export function blockingCap(table: CapTable, lenderType: LenderType, on: BusinessDate, months: number): Cap | null {
  const [row] = holding(table, { lenderType, on, months, action: 'block' }).sort((a, b) => (a.maxTermMonths ?? Infinity) - (b.maxTermMonths ?? Infinity));
  if (row === undefined) return null;
  const cap = capOf(table, row, on);
  assert(cap === null || cap.capPpm <= HARD_STOP_PPM, `no cap is above ${HARD_STOP_PPM} ppm: ${row.rule}`);
  return cap;
}

/** Ceilings that only warn (RATE-020). */
export function warningCaps(table: CapTable, lenderType: LenderType, on: BusinessDate, months: number): readonly Cap[] {
  return holding(table, { lenderType, on, months, action: 'warn' }).flatMap((row) => capOf(table, row, on) ?? []);
}

type Asked = { readonly lenderType: LenderType; readonly on: BusinessDate; readonly months: number; readonly action: CapRow['action'] };

const holding = (table: CapTable, { lenderType, on, months, action }: Asked): CapRow[] =>
  table.caps.filter((row) => row.lenderType === lenderType && row.action === action && row.from <= on && (row.through === null || on <= row.through) && (row.maxTermMonths === null || months <= row.maxTermMonths));

function capOf(table: CapTable, row: CapRow, on: BusinessDate): Cap | null {
  if (row.cap.kind === 'fixed') return { rule: row.rule, capPpm: row.cap.ppm, basis: 'fixed' };
  const lpr = table.lpr.findLast(({ from }) => from <= on);
  if (lpr === undefined) return null;
  return { rule: row.rule, capPpm: row.cap.times * lpr.ppm, basis: { times: row.cap.times, lprPpm: lpr.ppm, lprSince: lpr.from } };
}

function capRow({ rule, lender_type, action, from, through, max_term_months, cap }: CapRowDocument): CapRow {
  const lenderType = LENDER_TYPES.find((type) => type === lender_type);
  assert(lenderType !== undefined, `a cap is for a known type of lender: ${rule} says ${lender_type}`);
  assert(action === 'block' || action === 'warn', `a cap blocks or warns: ${rule} says ${action}`);
  return { rule, lenderType, action, from: businessDate(from), through: through === null ? null : businessDate(through), maxTermMonths: max_term_months, cap: ceiling(rule, cap) };
}

function ceiling(rule: string, { kind, ppm, times }: CapRowDocument['cap']): CapRow['cap'] {
  if (kind === 'times_lpr' && times !== undefined) return { kind, times: BigInt(times) };
  assert(kind === 'fixed' && ppm !== undefined, `a cap is a figure or a multiple of the prime rate: ${rule}`);
  assert(BigInt(ppm) > 0n && BigInt(ppm) <= HARD_STOP_PPM, `no cap is above ${HARD_STOP_PPM} ppm: ${rule} says ${ppm}`);
  return { kind: 'fixed', ppm: BigInt(ppm) };
}

const overlap = (a: CapRow, b: CapRow): boolean => (a.through === null || b.from <= a.through) && (b.through === null || a.from <= b.through);
