import { annualCostOf, annualRatePpm, businessDate, costsMoreThan, datedRatePpm, fen, formatPercent, type CostFlows, type Fen, type LoanTerms } from '@mingdai/loan-math';
import { describe, expect, it } from 'vitest';
import caps from '../data/caps.json' with { type: 'json' };
import lpr from '../data/lpr.json' with { type: 'json' };
import { loadCapTable, type LenderType } from './cap-table.ts';
import { checkPrice, flowsOf, type Charge, type PriceDocument } from './price-check.ts';

const table = loadCapTable(caps.rows, lpr.rows);
const start = businessDate('2026-10-08');
const loan = (ratePpm: bigint, changes: Partial<LoanTerms> = {}): LoanTerms => ({
  principal: fen(1_200_000n), method: 'level_installment', basis: 'act_360', rate: annualRatePpm(ratePpm), months: 12, termDays: null, dueDay: null,
  graceDays: 0, graceCountsBack: true, penaltyRate: annualRatePpm(0n), allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: 'installment_first', ...changes,
});
const document = (flows: CostFlows, changes: Partial<PriceDocument> = {}): PriceDocument => ({
  stage: 'offering', lenderType: 'bank', on: start, months: flows.payments.length, principal: flows.received, flows, charges: [], ...changes,
});
const monthlyOn = (payment: bigint, count: number, received = 1_000_000n): CostFlows => {
  const flows = flowsOf(loan(0n, { principal: fen(received), months: count }), start);
  return { ...flows, payments: flows.payments.map(({ dueOn, principal }) => ({ dueOn, principal, charges: (payment - principal) as Fen })) };
};

// docs/specs/price-cap.md §2, table: per cent a year; refused = the measure that refuses.
const golden: readonly (readonly [string, LoanTerms, string, string, string, string, string | null])[] = [
  ['7.2 %, act/360, 12 level', loan(72_000n), '7.2987', '7.3001', '7.5479', '7.3001', null],
  ['18 %, act/360, 12 level', loan(180_000n), '18.2471', '18.2501', '19.8532', '18.25', null],
  ['18 %, act/360, 12 interest first', loan(180_000n, { method: 'interest_first' }), '18.2497', '18.25', '19.8563', '18.25', null],
  ['18 %, 30/360, 12 level', loan(180_000n, { basis: 'monthly' }), '18.0004', '18.0034', '19.5623', '18.0051', null],
  ['23.652 %, act/360 (0.0657 % a day)', loan(236_520n), '23.977', '23.9804', '26.7956', '23.9804', null],
  ['24 %, act/360, 12 interest first', loan(240_000n, { method: 'interest_first' }), '24.3329', '24.3334', '27.2388', '24.3333', 'dated_flows'],
  ['24 %, 30/360, 6 level: whole fen push it over', loan(240_000n, { basis: 'monthly', months: 6 }), '24', '23.9495', '26.8242', '23.9571', 'irr_times_12'],
];

describe('the cost of a year, and the gate', () => {
  it.each(golden)('%s', (_, terms, irr, dated, effective, simple, refused) => {
    const flows = flowsOf(terms, start);
    const passed = checkPrice(table, document(flows));
    const open = loadCapTable([{ rule: 'TEST', lender_type: 'bank', action: 'block', from: '2020-01-01', through: null, max_term_months: null, cap: { kind: 'fixed', ppm: '360000' } }], lpr.rows);
    const figures = checkPrice(open, document(flows));
    if (!figures.ok) throw new Error(JSON.stringify(figures.error));
    const { irrTimes12Ppm, datedPpm, effectivePpm, simplePpm } = figures.value;
    expect([irrTimes12Ppm, datedPpm, effectivePpm, simplePpm].map(formatPercent)).toEqual([irr, dated, effective, simple]);
    expect(passed.ok ? null : passed.error).toEqual(refused === null ? null : expect.objectContaining({ code: 'price_above_cap', rule: 'RATE-011', measure: refused, cap_ppm: '240000' }));
  });

  it('the advertised 0.05 % a day that really costs 45 % is refused with its figure (D3)', () => {
    // 12 times 1/12 of principal, 1.5 % a month on the original principal, and a 0.3 % monthly service fee.
    const base = flowsOf(loan(0n), start);
    const flows: CostFlows = { ...base, payments: base.payments.map(({ dueOn, principal }) => ({ dueOn, principal, charges: fen(21_600n) })) };
    const checked = checkPrice(table, document(flows));
    expect(checked).toEqual({ ok: false, error: { code: 'price_above_cap', rule: 'RATE-011', measure: 'dated_flows', computed_ppm: '377432', cap_ppm: '240000' } });
    const cost = annualCostOf(flows);
    expect(cost.kind === 'cost' && [cost.cost.irrTimes12Ppm, cost.cost.effectivePpm].map(formatPercent)).toEqual(['37.7394', '45.0026']);
  });

  it('a flat 0.6 % a month is the 13.03 % a bank prints, and passes', () => {
    const base = flowsOf(loan(0n, { principal: fen(600_000n) }), start);
    const flows: CostFlows = { ...base, payments: base.payments.map(({ dueOn, principal }) => ({ dueOn, principal, charges: fen(3_600n) })) };
    const checked = checkPrice(table, document(flows));
    expect(checked.ok && formatPercent(checked.value.irrTimes12Ppm)).toBe('13.0342');
  });

  it.each<readonly [LenderType, string, number, string | null]>([
    ['consumer_finance', '2026-10-08', 220_000, null],
    ['microloan', '2027-12-31', 220_000, null],
    ['microloan', '2028-01-01', 220_000, 'RATE-019'],
    ['microloan', '2028-01-01', 110_000, null],
  ])('of a %s on %s at %i ppm', (lenderType, on, ratePpm, rule) => {
    const checked = checkPrice(table, document(flowsOf(loan(BigInt(ratePpm)), businessDate(on)), { lenderType, on: businessDate(on) }));
    expect(checked.ok ? null : 'rule' in checked.error && checked.error.rule).toBe(rule);
  });

  it('warns a consumer-finance company above 20 % without refusing (RATE-020)', () => {
    const checked = checkPrice(table, document(flowsOf(loan(220_000n), start), { lenderType: 'consumer_finance' }));
    expect(checked.ok && checked.value.warnings.map(({ rule, measure }) => `${rule} ${measure}`)).toEqual(['RATE-020 irr_times_12', 'RATE-020 dated_flows']);
  });

  it('a lender may add the compounded rate as a third test', () => {
    const priced = document(flowsOf(loan(220_000n), start));
    expect(checkPrice(table, priced).ok).toBe(true);
    expect(checkPrice(table, priced, { testsEffective: true })).toMatchObject({ ok: false, error: { code: 'price_above_cap', measure: 'effective' } });
  });
});

describe('what no price may do', () => {
  const flows = flowsOf(loan(72_000n), start);
  const charge = (role: Charge['collector']['role'], installment: number): Charge => ({ code: 'service_fee', collector: { role, name: 'somebody' }, installment, amount: fen(1_000n) });

  it('the platform collects nothing from a borrower (RATE-013)', () => {
    expect(checkPrice(table, document(flows, { charges: [charge('platform', 1)] }))).toMatchObject({ ok: false, error: { code: 'charge_collector_not_allowed', charge: 'service_fee' } });
  });

  it('nothing is held back from the principal (RATE-026)', () => {
    const held = flowsOf(loan(72_000n), start, [charge('lender', 0)]);
    expect(checkPrice(table, document(held, { principal: fen(1_200_000n) }))).toEqual({ ok: false, error: { code: 'interest_deducted_in_advance', rule: 'RATE-026', received_fen: '1199000', principal_fen: '1200000' } });
  });

  it('a guarantor’s fee counts as cost (RATE-012)', () => {
    const fees = Array.from({ length: 12 }, (_, index) => charge('guarantor', index + 1));
    const [without, withFees] = [flowsOf(loan(72_000n), start), flowsOf(loan(72_000n), start, fees)].map((each) => checkPrice(table, document(each, { principal: fen(1_200_000n) })));
    expect(without!.ok && withFees!.ok && withFees!.value.irrTimes12Ppm - without!.value.irrTimes12Ppm > 15_000n).toBe(true);
  });

  it('where no rule is known, nothing is sold (RATE-027)', () => {
    const early = businessDate('2017-08-03');
    expect(checkPrice(table, document(flowsOf(loan(72_000n), early), { on: early }))).toEqual({ ok: false, error: { code: 'no_cap_rule', rule: 'RATE-027', lender_type: 'bank', on: '2017-08-03' } });
  });

  it('flows that no rate explains are refused, not passed', () => {
    expect(checkPrice(table, document(monthlyOn(10n, 3)))).toMatchObject({ ok: false, error: { code: 'price_not_computable' } });
  });
});

describe('the dated measure', () => {
  it('is exact at the cap: a loan that costs exactly 24 % is not above it, one more fen is', () => {
    const days = 73; // 1/5 of a year
    const exactly = { received: fen(1_000_000n), receivedOn: start, payments: [{ dueOn: businessDate('2026-12-20'), principal: fen(1_000_000n), charges: fen(48_000n) }] };
    expect(exactly.payments[0]!.dueOn - start).toBe(days);
    expect(costsMoreThan(exactly, 240_000n)).toBe(false);
    expect(costsMoreThan({ ...exactly, payments: [{ ...exactly.payments[0]!, charges: fen(48_001n) }] }, 240_000n)).toBe(true);
    expect(datedRatePpm(exactly)).toBe(240_000n);
  });

  it('0.0657 % a day is the most that fits 24 %, and 0.0658 % does not', () => {
    // Rates of a 360-day year in ppm: 0.0657 % × 360 = 236_520.
    const daily = (ratePpm: bigint) => flowsOf(loan(ratePpm, { method: 'interest_first', principal: fen(20_000_000n) }), start);
    expect([236_520n, 236_880n].map((ratePpm) => costsMoreThan(daily(ratePpm), 240_000n))).toEqual([false, true]);
  });

  it('costs nothing when nothing is asked beyond the principal, and has no rate when nothing is received', () => {
    expect(datedRatePpm(flowsOf(loan(0n), start))).toBe(0n);
    expect(datedRatePpm({ received: fen(0n), receivedOn: start, payments: [] })).toBeNull();
  });
});
