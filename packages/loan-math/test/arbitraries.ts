import fc from 'fast-check';
import {
  addDays, annualRatePpm, businessDate, businessDateOf, fen, type BusinessDate, type Component, type LoanEvent, type LoanTerms,
} from '../src/index.ts';

/** Any terms the library takes, weighted towards those a lender would sell. */
export const anyTerms: fc.Arbitrary<LoanTerms> = fc
  .record({
    principal: fc.oneof(fc.bigInt({ min: 50_000n, max: 20_000_000n }), fc.bigInt({ min: 1n, max: 3_000n })),
    method: fc.constantFrom('level_installment' as const, 'level_installment' as const, 'interest_first' as const, 'any_time' as const),
    basis: fc.constantFrom('monthly' as const, 'act_360' as const, 'act_365' as const),
    rate: fc.oneof(fc.constant(0n), fc.bigInt({ min: 30_000n, max: 240_000n }), fc.bigInt({ min: 0n, max: 3_600_000n })),
    months: fc.integer({ min: 1, max: 24 }),
    termDays: fc.integer({ min: 1, max: 400 }),
    dueDay: fc.option(fc.integer({ min: 1, max: 31 })),
    graceDays: fc.constantFrom(0, 0, 0, 3, 7, 33),
    graceCountsBack: fc.boolean(),
    penaltyRate: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 360_000n })),
    allocationOrder: fc.shuffledSubarray<Component>(['fee', 'penalty', 'interest', 'principal'], { minLength: 4 }),
    allocationScope: fc.constantFrom('installment_first' as const, 'component_first' as const),
  })
  .map(({ principal, rate, penaltyRate, termDays, months, dueDay, basis, method, ...rest }) => {
    const isAnyTime = method === 'any_time';
    const dayBasis = isAnyTime && basis === 'monthly' ? 'act_360' : basis;
    return {
      ...rest, method, basis: dayBasis,
      principal: fen(principal), rate: annualRatePpm(rate), penaltyRate: annualRatePpm(penaltyRate),
      months: isAnyTime ? 1 : months,
      termDays: isAnyTime ? termDays : null,
      dueDay: isAnyTime || dayBasis === 'monthly' ? null : dueDay,
    };
  });

export const anyStart: fc.Arbitrary<BusinessDate> = fc.integer({ min: businessDate('2023-12-20'), max: businessDate('2026-12-31') }).map(businessDateOf);

type Step = { readonly after: number; readonly kind: number; readonly part: number; readonly reverse: boolean };

const anySteps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: 45 }), kind: fc.integer({ min: 0, max: 99 }), part: fc.integer({ min: 1, max: 400 }), reverse: fc.integer({ min: 0, max: 9 }).map((n) => n === 0) }),
  { maxLength: 30 },
);

export type History = { readonly terms: LoanTerms; readonly start: BusinessDate; readonly events: readonly LoanEvent[]; readonly on: BusinessDate };

/** A loan with payments of all kinds: on time, early, late, short, too much, bounced, prepaid, waived, charged off. */
export const anyHistory: fc.Arbitrary<History> = fc
  .record({ terms: anyTerms, start: anyStart, steps: anySteps, chargeOff: fc.integer({ min: 0, max: 19 }).map((n) => n === 0), until: fc.integer({ min: 0, max: 120 }) })
  .map(({ terms, start, steps, chargeOff, until }) => historyOf(terms, start, { steps, chargeOff, until }));

function historyOf(terms: LoanTerms, start: BusinessDate, plan: { readonly steps: readonly Step[]; readonly chargeOff: boolean; readonly until: number }): History {
  const events: LoanEvent[] = [{ id: 'e1', sequence: 1, valueOn: start, bookedAt: 0, kind: 'disbursed', amount: terms.principal }];
  const add = (valueOn: BusinessDate, event: Record<string, unknown> & { kind: LoanEvent['kind'] }): string => {
    const sequence = events.length + 1;
    events.push({ id: `e${sequence}`, sequence, valueOn, bookedAt: 0, ...event } as LoanEvent);
    return `e${sequence}`;
  };
  const usual = terms.principal / BigInt(terms.months) + 1n;
  let day = start;
  for (const { after, kind, part, reverse } of plan.steps) {
    day = addDays(day, after);
    const amount = fen((usual * BigInt(part)) / 100n + 1n);
    if (kind < 60) {
      const id = add(day, { kind: 'repayment_received', amount });
      if (reverse) add(addDays(day, 2), { kind: 'repayment_reversed', reverses: id });
    } else if (kind < 85) {
      const effect = (['settle', 'shorter_term', 'smaller_installment'] as const)[kind % 3]!;
      const id = add(day, { kind: 'prepaid', amount: kind < 64 ? fen(terms.principal * 2n) : amount, effect });
      if (reverse) add(addDays(day, 3), { kind: 'repayment_reversed', reverses: id });
    } else if (kind < 90) add(day, { kind: 'fee_charged', amount: fen(BigInt(part)), fee: 'stamp' });
    else if (kind < 96) add(day, { kind: 'waived', component: (['fee', 'penalty', 'interest'] as const)[kind % 3]!, amount: fen(BigInt(part * 3)) });
    else add(day, { kind: 'overpayment_refunded', amount: fen(BigInt(part)) });
  }
  if (plan.chargeOff) {
    add(day, { kind: 'charged_off' });
    add(addDays(day, 10), { kind: 'recovered', amount: fen(777n) });
  }
  return { terms, start, events, on: addDays(day, plan.until) };
}
