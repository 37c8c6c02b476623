import fc from 'fast-check';
import { addDays, annualRatePpm, businessDate, businessDateOf, CN_WORKING_CALENDAR, fen, type BusinessDate, type LoanEvent, type LoanFee, type LoanTerms } from '../src/index.ts';
import { anyTerms, type History } from './arbitraries.ts';

const THIRTY = ['thirty_bond_basis', 'thirty_us', 'thirty_european', 'thirty_european_plus', 'thirty_isda', 'thirty_excel_nasd'] as const;
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { freq: 2, nil: undefined });

const anyFee: fc.Arbitrary<LoanFee> = fc
  .record({
    when: fc.constantFrom('deducted' as const, 'upfront' as const, 'monthly_on_original' as const, 'monthly_on_outstanding' as const, 'first_installment' as const, 'overdue' as const),
    size: fc.nat({ max: 9_000 }), isRate: fc.boolean(),
  })
  .map(({ when, size, isRate }) => ({ code: `${when}_${size % 9}`, when, ...(isRate ? { ratePpm: BigInt(size) } : { amount: fen(BigInt(size)) }) }));

const extras = fc.record({
  basis: rarely(fc.constantFrom(...THIRTY, 'act_act' as const, 'act_act' as const)),
  isLevelPrincipal: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  graceOnPrincipal: rarely(fc.nat({ max: 6 })),
  graceOnInterest: rarely(fc.nat({ max: 6 })),
  interestFree: rarely(fc.nat({ max: 4 })),
  firstPeriodDaysMin: rarely(fc.integer({ min: 1, max: 31 })),
  rule: rarely(fc.constantFrom('following' as const, 'modified_following' as const, 'preceding' as const)),
  fees: rarely(fc.array(anyFee, { maxLength: 4 })),
  penaltyOn: rarely(fc.constantFrom('principal' as const, 'principal_and_interest' as const)),
});

const WITHOUT_INSTALLMENTS: readonly string[] = ['deducted', 'upfront', 'overdue'];

/** Any terms the library takes, all of what a contract can say among them. */
export const anyContract: fc.Arbitrary<LoanTerms> = fc.tuple(anyTerms, extras).map(([terms, extra]): LoanTerms => {
  const isAnyTime = terms.method === 'any_time';
  const isThirty = extra.basis !== undefined && extra.basis !== 'act_act';
  const basis = extra.basis === undefined || (isAnyTime && isThirty) ? terms.basis : extra.basis;
  const fees = extra.fees?.filter((fee) => (!isAnyTime || WITHOUT_INSTALLMENTS.includes(fee.when)) && (fee.when !== 'deducted' || (fee.amount ?? 0n) * 4n <= terms.principal));
  const kept = <T>(name: string, value: T | undefined, isKept = true): object => (value === undefined || !isKept ? {} : { [name]: value });
  return {
    ...terms, basis,
    method: extra.isLevelPrincipal && !isAnyTime ? 'level_principal' : terms.method,
    dueDay: basis === 'monthly' ? null : terms.dueDay,
    ...kept('graceOnPrincipal', Math.min(extra.graceOnPrincipal ?? 0, terms.months - 1), extra.graceOnPrincipal !== undefined && !isAnyTime),
    ...kept('graceOnInterest', Math.min(extra.graceOnInterest ?? 0, terms.months - 1), extra.graceOnInterest !== undefined && !isAnyTime),
    ...kept('interestFree', Math.min(extra.interestFree ?? 0, terms.months), extra.interestFree !== undefined && !isAnyTime),
    ...kept('firstPeriodDaysMin', extra.firstPeriodDaysMin, basis !== 'monthly' && terms.dueDay !== null),
    ...kept('dueRoll', extra.rule === undefined ? undefined : { rule: extra.rule, calendar: CN_WORKING_CALENDAR }),
    ...kept('fees', fees),
    ...kept('penaltyOn', extra.penaltyOn),
  };
});

/** Such that every due day of the contract lies where the Chinese calendar is known. */
export const anyPayout: fc.Arbitrary<BusinessDate> = fc.integer({ min: businessDate('2023-12-20'), max: businessDate('2024-11-15') }).map(businessDateOf);

type Step = { readonly after: number; readonly kind: number; readonly part: number; readonly reverse: boolean };
const anySteps = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: 45 }), kind: fc.integer({ min: 0, max: 119 }), part: fc.integer({ min: 1, max: 400 }), reverse: fc.integer({ min: 0, max: 9 }).map((n) => n === 0) }),
  { maxLength: 24 },
);

/** A loan of any contract to which anything happens that can: money of all kinds, and changes of the contract. */
export const anyLife: fc.Arbitrary<History> = fc
  .record({ terms: anyContract, start: anyPayout, steps: anySteps, chargeOff: fc.integer({ min: 0, max: 19 }).map((n) => n === 0), until: fc.integer({ min: 0, max: 120 }) })
  .map(({ terms, start, steps, chargeOff, until }) => {
    const life = new Life(terms, start);
    for (const step of steps) life.live(step);
    if (chargeOff) {
      life.add(life.day, { kind: 'charged_off' });
      life.add(addDays(life.day, 10), { kind: 'recovered', amount: fen(777n) });
    }
    return { terms, start, events: life.events, on: addDays(life.day, until) };
  });

class Life {
  readonly terms: LoanTerms;
  readonly events: LoanEvent[] = [];
  day: BusinessDate;

  constructor(terms: LoanTerms, start: BusinessDate) {
    this.terms = terms;
    this.day = start;
    this.add(start, { kind: 'disbursed', amount: terms.principal });
  }

  add(valueOn: BusinessDate, event: Record<string, unknown> & { kind: LoanEvent['kind'] }): string {
    const sequence = this.events.length + 1;
    this.events.push({ id: `e${sequence}`, sequence, valueOn, bookedAt: 0, ...event } as LoanEvent);
    return `e${sequence}`;
  }

  live({ after, kind, part, reverse }: Step): void {
    this.day = addDays(this.day, after);
    const { day, terms } = this;
    const amount = fen(((terms.principal / BigInt(terms.months) + 1n) * BigInt(part)) / 100n + 1n);
    if (kind < 55) this.pay({ kind: 'repayment_received', amount }, reverse);
    else if (kind < 75) this.pay({ kind: 'prepaid', amount: kind < 58 ? fen(terms.principal * 2n) : amount, effect: (['settle', 'shorter_term', 'smaller_installment'] as const)[kind % 3]! }, reverse);
    else if (kind < 79) this.add(day, { kind: 'fee_charged', amount: fen(BigInt(part)), fee: 'stamp' });
    else if (kind < 86) this.add(day, { kind: 'waived', component: (['fee', 'penalty', 'interest'] as const)[kind % 3]!, amount: fen(BigInt(part * 3)) });
    else if (kind < 89) this.add(day, { kind: 'overpayment_refunded', amount: fen(BigInt(part)) });
    else if (kind < 97) this.add(day, { kind: 'rate_changed', rate: annualRatePpm(BigInt(part) * 900n), penaltyRate: kind % 2 === 0 ? null : annualRatePpm(BigInt(part) * 1_000n) });
    else if (kind < 104) this.reschedule(kind, part);
    else if (kind < 114) this.add(day, { kind: 'paused', until: addDays(day, 1 + (part % 100)), interest: kind % 2 === 0 ? 'runs' : 'stops' });
    else this.add(day, { kind: 'resumed' });
  }

  pay(event: Record<string, unknown> & { kind: LoanEvent['kind'] }, reverse: boolean): void {
    const id = this.add(this.day, event);
    if (reverse) this.add(addDays(this.day, 2), { kind: 'repayment_reversed', reverses: id });
  }

  reschedule(kind: number, part: number): void {
    if (this.terms.method === 'any_time') return;
    this.add(this.day, { kind: 'rescheduled', months: 1 + (part % 18), dueDay: part % 3 === 0 ? 1 + (part % 31) : null, includesOverdue: kind % 2 === 0 });
  }
}
