import { assert } from '@mingdai/loan-math';
import { scoreOf, type Score } from '@mingdai/risk-math';
import type { Instant } from '../../../kernel/instant.ts';
import type { Decision, LimitExplanation, Reason, TraceEntry, Verdict } from './decision.ts';
import { lookUp, type Answer, type DecisionTable, type TableInput, type TableInputs, type TableRow } from './decision-table.ts';
import { evidenceHash, type Evidence } from './evidence.ts';
import { explainPrice } from './explain-price.ts';
import { featuresOf } from './features.ts';
import { tableInputs, type DecidedFacts } from './inputs.ts';
import { resultOf, type Strategy } from './strategy.ts';
import { boundInWords, labelOf, sentenceOf, valueInWords } from './wording.ts';

export type DecideWith = { readonly id: string; readonly decidedAt: Instant; readonly strategy: Strategy };

/**
 * Decides about one application. Every policy table is asked, so that the trace shows them all; a decline outweighs a referral; the
 * score is worked out in any case. Only who passes everything gets a limit and a price.
 *
 * Units   fen, ppm; the scorecard in whole points. No fraction is used, so the same inputs give the same decision on any machine.
 * Rounds  the limit down to the strategy's step; the affordable amount down to a fen first.
 * Keeps   a decline or referral names at least one rule or feature with its value; nothing unknown or of a wrong type ever passes.
 * Throws  InvariantError when a table is asked with a value of a wrong type, or its column says `error`: then nothing is decided.
 * Source  docs/specs/decision-tables.md §5.
 */
export function decide(evidence: Evidence, facts: DecidedFacts, { id, decidedAt, strategy }: DecideWith): Decision {
  assert(facts.productCode === strategy.product.code, `strategy ${strategy.code} decides about ${strategy.product.code}`);
  const inputs = tableInputs(evidence, facts, strategy.product.access);
  const score = scoreOf(strategy.scorecard.card, featuresOf({ bureau: evidence.bureau.report, behaviour: evidence.behaviour.report }));
  const scored: TableInputs = { ...inputs, bad_ppm: BigInt(score.badPpm), score: BigInt(score.score) };
  const trace: TraceEntry[] = [];
  const ask = asker(trace);

  const found = [...strategy.policy, strategy.gate].map((table) => ask(table, scored));
  const declines = found.filter(({ outcome }) => outcome === 'decline');
  const refusals = declines.length > 0 ? declines : found.filter(({ outcome }) => outcome === 'refer');
  const verdict = refusals.length > 0 ? refused(refusals, score, strategy.gate.name) : approved(strategy, scored, { score, ask });
  return {
    id,
    shard: facts.shard,
    customerId: facts.customerId,
    applicationId: facts.applicationId,
    decidedAt,
    evidenceId: evidence.id,
    evidenceHash: evidenceHash(evidence),
    strategy: { code: strategy.code, version: strategy.version, hash: strategy.hash },
    facts,
    score,
    trace,
    ...verdict,
  };
}

type Finding = { readonly outcome: 'pass' | 'decline' | 'refer'; readonly row: TableRow | null; readonly reason: Reason | null };
type Ask = (table: DecisionTable, inputs: TableInputs) => Finding;

/** Asks a table and writes what it said into the trace. */
function asker(trace: TraceEntry[]): Ask {
  return (table, inputs) => {
    const answer = lookUp(table, inputs);
    const row = answer.kind === 'row' ? answer.row : null;
    trace.push({
      table: table.name,
      row: row?.id ?? null,
      inputs: table.columns.map(({ name }) => ({ column: name, value: textOf(inputs[name]), cell: row?.when[name] ?? null })),
      answer: row?.then ?? {},
      stopped: answer.kind === 'stopped' ? { column: answer.column, why: answer.why, action: answer.action } : null,
    });
    if (answer.kind === 'stopped') return stopped(table, answer, inputs);
    const outcome = answer.row.then['outcome'] ?? 'pass';
    if (outcome === 'pass') return { outcome, row: answer.row, reason: null };
    assert(outcome === 'decline' || outcome === 'refer', 'a loaded table passes, declines or refers');
    return { outcome, row: answer.row, reason: reasonOfRow(table, answer.row, inputs) };
  };
}

function stopped(table: DecisionTable, answer: Extract<Answer, { kind: 'stopped' }>, inputs: TableInputs): Finding {
  const { column, why, action } = answer;
  assert(action !== 'error' && why !== 'wrong_type', `table ${table.name} was asked with ${column} ${why}`);
  const code = why === 'out_of_range' ? 'value_out_of_range' : action === 'decline' ? 'value_missing_declined' : 'value_missing';
  const value = inputs[column] ?? null;
  const sentence = sentenceOf(code, { label: labelOf(column), value: valueInWords(column, value) });
  return { outcome: action, row: null, reason: { code, kind: 'rule', name: table.name, row: null, value: textOf(value), bound: why, sentence } };
}

/** The last column of a policy table is the figure it judges; the columns before it say for whom. */
function reasonOfRow(table: DecisionTable, row: TableRow, inputs: TableInputs): Reason {
  const { name } = table.columns.at(-1)!;
  const [value, bound, code] = [inputs[name] ?? null, row.when[name]!, row.then['code']!];
  const sentence = sentenceOf(code, { value: valueInWords(name, value), bound: boundInWords(name, bound), label: labelOf(name) });
  return { code, kind: 'rule', name: table.name, row: row.id, value: textOf(value), bound, sentence };
}

const REASON_FEATURES = 3;

/** A decline by the score names, beside the rule, the features that cost the most points. */
function refused(findings: readonly Finding[], score: Score, gate: string): Verdict {
  const reasons = findings.map(({ reason }) => reason!);
  const byScore = reasons.some(({ name }) => name === gate) ? worstFeatures(score) : [];
  const outcome = findings[0]!.outcome === 'decline' ? 'decline' : 'refer';
  return { outcome, limitFen: null, pricePpm: null, reasons: [...reasons, ...byScore], limit: null, price: null };
}

function worstFeatures(score: Score): readonly Reason[] {
  return [...score.features]
    .filter(({ pointsLost }) => pointsLost > 0)
    .sort((a, b) => b.pointsLost - a.pointsLost || (a.feature < b.feature ? -1 : 1))
    .slice(0, REASON_FEATURES)
    .map(({ feature, value, bin, pointsLost }) => ({
      code: 'points_lost',
      kind: 'feature',
      name: feature,
      row: bin,
      value: textOf(value),
      bound: `average ${pointsLost} points higher`,
      sentence: sentenceOf('points_lost', { label: labelOf(feature), value: valueInWords(feature, value), bin: boundInWords(feature, bin), lost: `${pointsLost}` }),
    }));
}

type With = { readonly score: Score; readonly ask: Ask };

function approved(strategy: Strategy, inputs: TableInputs, { score, ask }: With): Verdict {
  const share = ask(strategy.countedIncome, inputs);
  const counted = share.row === null ? null : countedIncome(inputs, resultOf(share.row, 'counted_permille'));
  const full: TableInputs = { ...inputs, counted_income_fen: counted };
  const [limit, price] = [ask(strategy.limit, full), ask(strategy.price, full)];
  const unclear = [share, limit, price].filter(({ reason }) => reason !== null);
  if (unclear.length > 0) return refused(unclear, score, strategy.gate.name);

  const matrixFen = resultOf(limit.row!, 'limit_fen');
  const affordableFen = affordable(strategy, counted, inputs['installment_balance_fen']);
  const { limitStepFen } = strategy.affordability;
  const smallest = affordableFen !== null && affordableFen < matrixFen ? affordableFen : matrixFen;
  const limitFen = smallest - (smallest % limitStepFen);
  const explained: LimitExplanation = { row: limit.row!.id, matrixFen, affordableFen, countedIncomeFen: counted };
  if (limitFen < strategy.product.limitMinFen) return unaffordable(strategy, affordableFen ?? 0n, explained);
  const explanation = explainPrice(strategy, price.row!, score, full);
  return { outcome: 'approve', limitFen, pricePpm: explanation.pricePpm, reasons: [], limit: explained, price: explanation };
}

function countedIncome(inputs: TableInputs, permille: bigint): bigint | null {
  const income = inputs['annual_income_fen'] ?? null;
  assert(income === null || typeof income === 'bigint', 'income is an amount');
  return income === null ? null : (income * permille) / 1000n;
}

/**
 * What the income carries (J4): (share of monthly counted income − running installment debt spread over the debt months) × limit months.
 * Null when no income is known: then the matrix, which is small there, is all that binds.
 */
function affordable({ affordability }: Strategy, counted: bigint | null, balance: TableInput): bigint | null {
  if (counted === null) return null;
  const owed = typeof balance === 'bigint' ? balance : 0n;
  const { incomeSharePermille, debtMonths, limitMonths } = affordability;
  const room = (counted * incomeSharePermille) / 12_000n - owed / debtMonths;
  return room <= 0n ? 0n : room * limitMonths;
}

function unaffordable({ affordability, product }: Strategy, affordableFen: bigint, limit: LimitExplanation): Verdict {
  const value = affordableFen / affordability.limitMonths;
  const bound = `limit >= ${product.limitMinFen}`;
  const sentence = sentenceOf('cannot_afford', { value: valueInWords('a_fen', value), bound: valueInWords('a_fen', product.limitMinFen) });
  const reason: Reason = { code: 'cannot_afford', kind: 'rule', name: 'affordability', row: null, value: `${value}`, bound, sentence };
  return { outcome: 'decline', limitFen: null, pricePpm: null, reasons: [reason], limit, price: null };
}

const textOf = (value: TableInput | number): string | null => (value === null || value === undefined ? null : `${value}`);
