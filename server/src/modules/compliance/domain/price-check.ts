import { annualCostOf, costExceeds, formatDate, scheduleOf, type BusinessDate, type CostFlows, type Fen, type LoanTerms } from '@mingdai/loan-math';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { PriceMeasure, PriceRefusal } from '../errors.ts';
import { blockingCap, HARD_STOP_PPM, warningCaps, type Cap, type CapTable, type LenderType } from './cap-table.ts';

/** A charge besides interest. `amount` falls due with installment `installment`; 0 = held back at payout (which is refused). */
export type Charge = { readonly code: string; readonly collector: { readonly role: 'lender' | 'guarantor' | 'platform'; readonly name: string }; readonly installment: number; readonly amount: Fen };

/** A price somebody wants to publish, offer or sign: all that costs, by date. */
export type PriceDocument = {
  readonly stage: 'publishing' | 'offering' | 'signing';
  readonly lenderType: LenderType;
  readonly on: BusinessDate;
  readonly months: number;
  readonly principal: Fen;
  readonly flows: CostFlows;
  readonly charges: readonly Charge[];
};

/** What a price is: the two figures that are tested, those kept beside them, and what they were tested against. */
export type PriceCheck = {
  readonly stage: PriceDocument['stage'];
  readonly on: BusinessDate;
  readonly irrTimes12Ppm: bigint;
  readonly datedPpm: bigint;
  /** Compounded: (1 + monthly rate)^12 − 1, and by dated flows. Stored, and tested only where a lender asks for it. */
  readonly effectivePpm: bigint;
  readonly effectiveDatedPpm: bigint;
  /** 单利: all charges over money in use × time. */
  readonly simplePpm: bigint;
  readonly cap: Cap;
  readonly warnings: readonly { readonly rule: string; readonly measure: PriceMeasure; readonly computedPpm: bigint; readonly capPpm: bigint }[];
};

/** What a lender may add to the law. */
export type PriceSwitches = { readonly testsEffective: boolean };

/**
 * Whether a price is within the ceiling of its lender on its day, by the monthly rate × 12 and by dated flows; the stricter binds.
 *
 * Units   ppm a year.
 * Rounds  the figures shown; the tests are exact.
 * Refuses charge_collector_not_allowed, interest_deducted_in_advance, no_cap_rule, price_not_computable, price_above_cap.
 * Source  docs/specs/price-cap.md §2 (G2, RATE-002, RATE-011, RATE-013, RATE-016 … RATE-020, RATE-024).
 */
export function checkPrice(table: CapTable, document: PriceDocument, switches: PriceSwitches = { testsEffective: false }): Result<PriceCheck, PriceRefusal> {
  const { stage, lenderType, on, months, principal, flows, charges } = document;
  const byPlatform = charges.find(({ collector }) => collector.role === 'platform');
  if (byPlatform !== undefined) return refuse({ code: 'charge_collector_not_allowed', rule: 'RATE-013', charge: byPlatform.code, collector: byPlatform.collector.name });
  if (flows.received !== principal) return refuse({ code: 'interest_deducted_in_advance', rule: 'RATE-026', received_fen: `${flows.received}`, principal_fen: `${principal}` });
  const cap = blockingCap(table, lenderType, on, months);
  if (cap === null) return refuse({ code: 'no_cap_rule', rule: 'RATE-027', lender_type: lenderType, on: formatDate(on) });
  const costs = annualCostOf(flows);
  if (costs.kind === 'no_rate' || costs.cost.datedPpm < 0n || costs.cost.datedPpm > HIGHEST_PRICE_PPM) return refuse({ code: 'price_not_computable', rule: 'RATE-002', why: 'no yearly rate explains these flows' });
  const { irrTimes12Ppm, effectivePpm, simplePpm, datedPpm, effectiveDatedPpm } = costs.cost;
  const figures: Figures = { irr_times_12: irrTimes12Ppm, dated_flows: datedPpm, effective: effectivePpm };
  const above = (capPpm: bigint) => measuresAbove(flows, capPpm, switches).map((measure) => ({ measure, computedPpm: shownAbove(figures[measure], capPpm), capPpm }));
  for (const [rule, capPpm] of [[cap.rule, cap.capPpm], ['RATE-024', HARD_STOP_PPM]] as const) {
    const [worst] = above(capPpm).sort((a, b) => (a.computedPpm > b.computedPpm ? -1 : 1));
    if (worst !== undefined) return refuse({ code: 'price_above_cap', rule, measure: worst.measure, computed_ppm: `${worst.computedPpm}`, cap_ppm: `${capPpm}` });
  }
  const warnings = warningCaps(table, lenderType, on, months).flatMap(({ rule, capPpm }) => above(capPpm).map((each) => ({ rule, ...each })));
  return ok({ stage, on, irrTimes12Ppm, datedPpm, effectivePpm, effectiveDatedPpm, simplePpm, cap, warnings });
}

/** 1000 % a year: beyond it, and below nothing, no price is meant. */
const HIGHEST_PRICE_PPM = 10_000_000n;

type Figures = Readonly<Record<PriceMeasure, bigint>>;

function measuresAbove(flows: CostFlows, capPpm: bigint, { testsEffective }: PriceSwitches): readonly PriceMeasure[] {
  const tested = costExceeds(flows, capPpm);
  const all: readonly (readonly [PriceMeasure, boolean])[] = [
    ['irr_times_12', tested.byIrrTimes12],
    ['dated_flows', tested.byDatedFlows],
    ['effective', testsEffective && tested.byEffective],
  ];
  return all.filter(([, isAbove]) => isAbove).map(([measure]) => measure);
}

/** A price that is above by less than half a ppm is not shown as equal to the cap. */
const shownAbove = (figure: bigint, capPpm: bigint): bigint => (figure > capPpm ? figure : capPpm + 1n);

/** The dated flows of a loan if every installment is paid on its due day, charges included. */
export function flowsOf(terms: LoanTerms, disbursedOn: BusinessDate, charges: readonly Charge[] = []): CostFlows {
  const at = (installment: number): bigint => charges.filter((charge) => charge.installment === installment).reduce((sum, { amount }) => sum + amount, 0n);
  return {
    received: (terms.principal - at(0)) as Fen,
    receivedOn: disbursedOn,
    payments: scheduleOf(terms, disbursedOn).map(({ number, dueOn, principal, interest }) => ({ dueOn, principal, charges: (interest + at(number)) as Fen })),
  };
}
