import { digestOf } from '../../../kernel/canonical.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { StrategyRefusal } from '../errors.ts';
import { everyCombination, loadTable, piecesOf, rowsAt, type DecisionTable, type TableDocument, type TableRow } from './decision-table.ts';
import { inputNames } from './inputs.ts';
import { hasWording } from './wording.ts';
import type { ScorecardArtefact } from './scorecard-artefact.ts';
import { wholeNumber } from './table-cell.ts';

/** A strategy as it is written down, versioned and stored: all that decides, apart from the person. */
export type StrategyDocument = {
  readonly code: string;
  readonly version: number;
  readonly product: {
    readonly code: string;
    readonly access: string;
    readonly limit_min_fen: string;
    readonly limit_max_fen: string;
    readonly price_min_ppm: string;
    readonly price_max_ppm: string;
  };
  readonly policy: readonly TableDocument[];
  readonly gate: TableDocument;
  readonly counted_income: TableDocument;
  readonly limit: TableDocument;
  readonly price: TableDocument;
  readonly affordability: { readonly income_share_permille: string; readonly debt_months: string; readonly limit_months: string; readonly limit_step_fen: string };
  readonly scorecard: ScorecardArtefact;
};

/** A strategy that was read and proven. Made by `loadStrategy` only. */
export type Strategy = {
  readonly code: string;
  readonly version: number;
  /** SHA-256 of the document's canonical JSON. */
  readonly hash: string;
  readonly document: StrategyDocument;
  readonly product: { readonly code: string; readonly access: string; readonly limitMinFen: bigint; readonly limitMaxFen: bigint; readonly priceMinPpm: bigint; readonly priceMaxPpm: bigint };
  readonly policy: readonly DecisionTable[];
  readonly gate: DecisionTable;
  readonly countedIncome: DecisionTable;
  readonly limit: DecisionTable;
  readonly price: DecisionTable;
  readonly affordability: { readonly incomeSharePermille: bigint; readonly debtMonths: bigint; readonly limitMonths: bigint; readonly limitStepFen: bigint };
  readonly scorecard: ScorecardArtefact;
};

/**
 * Reads and proves a whole strategy before it may decide: each table complete and without overlap; limits never rising and prices never
 * falling with the probability of bad, all else equal; both within the product; no price above `ceilingPpm`, the cap the caller brings.
 *
 * Refuses  the first StrategyRefusal in the order of errors.ts; nothing is repaired or skipped.
 * Source   docs/specs/decision-tables.md §4.
 */
export function loadStrategy(document: StrategyDocument, ceilingPpm: bigint): Result<Strategy, StrategyRefusal> {
  const tables = [...document.policy, document.gate, document.counted_income, document.limit, document.price];
  const loaded: DecisionTable[] = [];
  for (const one of tables) {
    const table = loadTable(one);
    if (!table.ok) return table;
    const stranger = table.value.columns.find(({ name }) => !inputNames.includes(name));
    if (stranger !== undefined) return refuse({ code: 'table_column_unheard_of', table: one.name, column: stranger.name });
    loaded.push(table.value);
  }
  const [gate, countedIncome, limit, price] = loaded.slice(-4) as [DecisionTable, DecisionTable, DecisionTable, DecisionTable];
  const strategy: Strategy = {
    code: document.code,
    version: document.version,
    hash: digestOf(document),
    document,
    product: {
      code: document.product.code,
      access: document.product.access,
      limitMinFen: numberIn(document.product.limit_min_fen),
      limitMaxFen: numberIn(document.product.limit_max_fen),
      priceMinPpm: numberIn(document.product.price_min_ppm),
      priceMaxPpm: numberIn(document.product.price_max_ppm),
    },
    policy: loaded.slice(0, -4),
    gate,
    countedIncome,
    limit,
    price,
    affordability: {
      incomeSharePermille: numberIn(document.affordability.income_share_permille),
      debtMonths: numberIn(document.affordability.debt_months),
      limitMonths: numberIn(document.affordability.limit_months),
      limitStepFen: numberIn(document.affordability.limit_step_fen),
    },
    scorecard: document.scorecard,
  };
  const flaw = resultFlaw(strategy) ?? orderFlaw(strategy) ?? boundFlaw(strategy, ceilingPpm);
  return flaw === undefined ? ok(strategy) : refuse(flaw);
}

/** The whole number a proven row gives under `name`. */
export function resultOf(row: TableRow, name: string): bigint {
  const value = wholeNumber(row.then[name] ?? '');
  if (value === undefined) throw new Error(`row ${row.id} was proven to give ${name}`);
  return value;
}

const OUTCOMES: readonly string[] = ['pass', 'decline', 'refer'];

function resultFlaw({ policy, gate, countedIncome, limit, price }: Strategy): StrategyRefusal | undefined {
  for (const table of [...policy, gate]) {
    for (const { id, then } of table.rows) {
      if (!OUTCOMES.includes(then['outcome'] ?? '')) return { code: 'table_result_unreadable', table: table.name, row: id, what: 'outcome is pass, decline or refer' };
      if (then['outcome'] !== 'pass' && !hasWording(then['code'] ?? '')) return { code: 'table_result_unreadable', table: table.name, row: id, what: 'a row that does not pass has a reason code with words' };
    }
  }
  for (const [table, name] of [[countedIncome, 'counted_permille'], [limit, 'limit_fen'], [price, 'price_ppm']] as const) {
    const row = table.rows.find(({ then }) => wholeNumber(then[name] ?? '') === undefined);
    if (row !== undefined) return { code: 'table_result_unreadable', table: table.name, row: row.id, what: `${name} is a whole number` };
  }
  return undefined;
}

function orderFlaw({ limit, price }: Strategy): StrategyRefusal | undefined {
  const rising = brokenOrder(limit, (before, after) => resultOf(after, 'limit_fen') > resultOf(before, 'limit_fen'));
  if (rising !== undefined) return { code: 'limit_rises_with_risk', table: limit.name, rows: rising };
  const falling = brokenOrder(price, (before, after) => resultOf(after, 'price_ppm') < resultOf(before, 'price_ppm'));
  return falling === undefined ? undefined : { code: 'price_falls_with_risk', table: price.name, rows: falling };
}

/** Two rows, neighbours in the probability of bad with all else equal, of which `isBroken` holds. */
function brokenOrder(table: DecisionTable, isBroken: (before: TableRow, after: TableRow) => boolean): readonly string[] | undefined {
  const risk = table.columns.findIndex(({ name }) => name === 'bad_ppm');
  if (risk === -1) return undefined;
  const pieces = table.columns.map((_, at) => piecesOf(table, at));
  const risks = pieces[risk]!.filter((point) => point !== 'missing');
  return everyCombination(pieces.map((piece, at) => (at === risk ? [risks[0]!] : piece)), (points) => {
    const rows = risks.map((point) => rowsAt(table, points.map((other, at) => (at === risk ? point : other)))[0]!);
    const at = rows.findIndex((row, place) => place > 0 && isBroken(rows[place - 1]!, row));
    return at === -1 ? undefined : [rows[at - 1]!.id, rows[at]!.id];
  });
}

function boundFlaw({ product, limit, price }: Strategy, ceilingPpm: bigint): StrategyRefusal | undefined {
  for (const row of limit.rows) {
    const amount = resultOf(row, 'limit_fen');
    if (amount < product.limitMinFen || amount > product.limitMaxFen) return { code: 'limit_outside_product', table: limit.name, row: row.id, limit_fen: `${amount}` };
  }
  for (const row of price.rows) {
    const ppm = resultOf(row, 'price_ppm');
    if (ppm < product.priceMinPpm || ppm > product.priceMaxPpm) return { code: 'price_outside_product', table: price.name, row: row.id, price_ppm: `${ppm}` };
    if (ppm > ceilingPpm) return { code: 'price_over_ceiling', table: price.name, row: row.id, price_ppm: `${ppm}`, ceiling_ppm: `${ceilingPpm}` };
  }
  return undefined;
}

function numberIn(text: string): bigint {
  const value = wholeNumber(text);
  if (value === undefined) throw new RangeError(`a strategy holds a whole number, got ${JSON.stringify(text)}`);
  return value;
}
