import fc from 'fast-check';
import { addDays, annualRatePpm, checkEvents, fen, validateTerms, type LoanEvent, type LoanFee, type LoanTerms } from '../src/index.ts';
import { anyHistory, type History } from './arbitraries.ts';

const anyFee: fc.Arbitrary<LoanFee> = fc.record({
  when: fc.constantFrom('deducted' as const, 'upfront' as const, 'monthly_on_original' as const, 'monthly_on_outstanding' as const, 'first_installment' as const, 'overdue' as const),
  size: fc.oneof(fc.bigInt({ min: 1n, max: 400n }).map((amount) => ({ amount: fen(amount) })), fc.bigInt({ min: 1n, max: 9_000n }).map((ratePpm) => ({ ratePpm }))),
}).map(({ when, size }) => ({ code: when, when, ...size }));

const anyOption: fc.Arbitrary<Partial<LoanTerms>> = fc.oneof(
  fc.constant({}),
  fc.constantFrom('act_act' as const, 'thirty_bond_basis' as const, 'thirty_us' as const, 'thirty_isda' as const).map((basis) => ({ basis })),
  fc.constant({ method: 'level_principal' as const }),
  fc.constant({ penaltyOn: 'principal_and_interest' as const }),
  fc.integer({ min: 1, max: 3 }).map((graceOnPrincipal) => ({ graceOnPrincipal })),
  fc.integer({ min: 1, max: 3 }).map((graceOnInterest) => ({ graceOnInterest })),
  fc.integer({ min: 1, max: 3 }).map((interestFree) => ({ interestFree })),
  fc.array(anyFee, { minLength: 1, maxLength: 2 }).map((fees) => ({ fees })),
);

type Happening = { readonly after: number; readonly kind: number; readonly size: number; readonly flag: boolean };
const anyHappening: fc.Arbitrary<Happening> = fc.record({ after: fc.nat({ max: 400 }), kind: fc.integer({ min: 0, max: 3 }), size: fc.integer({ min: 1, max: 24 }), flag: fc.boolean() });

function eventOf({ kind, size, flag }: Happening): Record<string, unknown> {
  if (kind === 0) return { kind: 'rate_changed', rate: annualRatePpm(BigInt(size) * 7_000n), penaltyRate: flag ? annualRatePpm(BigInt(size) * 11_000n) : null };
  if (kind === 1) return { kind: 'rescheduled', months: size, dueDay: flag ? size : null, includesOverdue: size % 2 === 0 };
  return kind === 2 ? { kind: 'paused', interest: flag ? 'runs' : 'stops' } : { kind: 'resumed' };
}

/** Lives in which the contract has more to it and changes on the way: other bases and methods, graces, fees, rates, new schedules, pauses. */
export const anyChangedLife: fc.Arbitrary<History> = fc
  .record({ history: anyHistory, options: fc.tuple(anyOption, anyOption), happenings: fc.array(anyHappening, { maxLength: 4 }) })
  .map(({ history, options, happenings }) => {
    const terms = { ...history.terms, ...options[0], ...options[1] };
    const events = [...history.events];
    for (const happening of happenings) {
      const valueOn = addDays(history.start, happening.after % (history.on - history.start + 1));
      const sequence = events.length + 1;
      const event = { id: `c${sequence}`, sequence, valueOn, bookedAt: 0, ...eventOf(happening) } as unknown as LoanEvent;
      events.push(event.kind === 'paused' ? { ...event, until: addDays(valueOn, happening.size * 4) } : event);
    }
    return { ...history, terms, events };
  })
  .filter(({ terms, events }) => validateTerms(terms).ok && checkEvents(terms, events).ok);
