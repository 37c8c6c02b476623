import { describe, expect, it } from 'vitest';
import {
  accountLines, addDays, allocate, annualCostOf, ArgumentError, bucketOf, businessDate, calendarWithin, checkEvents, CN_WORKING_CALENDAR, compareEvents, costExceeds, costsMoreThan, datedFlows, datedRatePpm, effectiveRate,
  eventsThatCount, fen, FEN_MAX, fixedOf, flatFeeSchedule, irr, isWorkingDay, levelInstallment, levelInstallmentSchedule, levelPrincipalSchedule, monthlyFlows, ONE, payoffQuote, positionOn, rankOf, replay, rolledDay, scheduleOf,
  searchRate, splitMovement, validateTerms, withFees, worthAt, xirr, type BusinessDate, type CostFlows, type Fixed, type FundingShare, type LoanEvent, type LoanTerms,
} from '../src/index.ts';
import { eventsFrom, termsFrom } from './spec-page.ts';

/** A bound of a function: the call just inside is taken, the one just outside refused in these words. */
type Bound = readonly [bound: string, inside: () => unknown, outside: () => unknown, words: string];

const unchecked = <T>(value: unknown): T => value as T;
const fixed = (value: bigint): Fixed => value as Fixed;
const day = businessDate('2026-01-05');
const last = businessDate('9999-12-31');
const { terms } = termsFrom('level_installment act_360 12000.00 7.2% 12 months penalty 10.8%');
const lines = ['2026-01-05 disbursed 12000.00', '2026-02-05 repayment_received 1039.43'];
const events = eventsFrom(lines);
const markers = (count: number): readonly LoanEvent[] => [...events, ...Array.from({ length: count - events.length }, (_, index): LoanEvent => ({ id: `m${index}`, sequence: 3 + index, valueOn: day, bookedAt: 0, kind: 'fell_due', installment: 1 }))];
const changed = (index: number, change: object): readonly LoanEvent[] => events.map((event, at) => (at === index ? unchecked<LoanEvent>({ ...event, ...change }) : event));
const on = (list: readonly LoanEvent[], at: BusinessDate = day) => () => positionOn(terms, list, at);

const loans: readonly Bound[] = [
  ['months', () => scheduleOf({ ...terms, months: 480 }, day), () => scheduleOf({ ...terms, months: 481 }, day), 'terms is "months_out_of_range, months 481": what validateTerms accepts'],
  ['a first day', () => scheduleOf(terms, businessDate('9998-12-31')), () => scheduleOf(terms, businessDate('9999-01-31')), 'a day within the years 1 to 9999'],
  ['a member of another type', () => validateTerms(terms), () => validateTerms({ ...terms, months: unchecked('12') }), 'terms.months is "12": a number'],
  ['a member that is missing', () => validateTerms(terms), () => validateTerms(unchecked<LoanTerms>({ ...terms, principal: undefined })), 'terms.principal is undefined: a bigint'],
  ['10,000 events', on(markers(10_000)), on(markers(10_001)), 'events is a list of 10001: at most 10000'],
  ['the last day', on(events, last), on(events, (last + 1) as BusinessDate), 'on is 2932897: '],
  ['what was known', () => positionOn(terms, events, day, 0), () => positionOn(terms, events, day, -1), 'knownThrough is -1: 0 to '],
  ['an amount of an event', on(changed(1, { amount: FEN_MAX })), on(changed(1, { amount: FEN_MAX + 1n })), 'events[1] is "event_amount_out_of_range: e2": what checkEvents accepts'],
  ['a sequence of an event', on(changed(1, { sequence: 3 })), on(changed(1, { sequence: 1 })), 'events[1] is "event_sequence_reused: e2"'],
  ['a kind of an event', () => checkEvents(terms, events), () => checkEvents(terms, changed(1, { kind: 'toString' })), 'events[1].kind is "toString": one of disbursed, '],
  ['a day of an event', () => checkEvents(terms, changed(1, { valueOn: last })), () => checkEvents(terms, changed(1, { valueOn: last + 1 })), 'events[1].valueOn is 2932897: '],
  ['when it was learned', () => checkEvents(terms, changed(1, { bookedAt: 1 })), () => checkEvents(terms, changed(1, { bookedAt: Number.NaN })), 'events[1].bookedAt is NaN: a whole number'],
  ['a payoff of what was paid out', () => payoffQuote(terms, events, day), () => payoffQuote(terms, events, addDays(day, -1)), 'only a loan that was paid out can be settled'],
  ['days past due', () => bucketOf(4_000_000), () => bucketOf(4_000_001), 'daysPastDue is 4000001: 0 to 4000000'],
  ['events that are told', () => accountLines(terms, events, day), () => accountLines(terms, markers(1001), day), 'events is a list of 1001: at most 1000'],
  ['events that are replayed', () => replay(terms, [events[0]!], [events[1]!], day), () => replay(terms, events, markers(1000), day), 'added is a list of 1000: at most 998'],
  ['events that count', () => eventsThatCount(events, day, 2), () => eventsThatCount(events, day, Infinity), 'knownThrough is Infinity: a whole number'],
  ['a reversal', () => eventsThatCount(eventsFrom([...lines, '2026-02-07 repayment_reversed e2']), last, 9), () => eventsThatCount(eventsFrom([...lines, '2026-02-07 repayment_reversed e1']), last, 9), 'only money received can be reversed'],
  ['a rank', () => rankOf('resumed'), () => rankOf(unchecked('constructor')), 'kind is "constructor": one of '],
  ['a comparison', () => compareEvents(events[0]!, events[1]!), () => compareEvents(events[0]!, changed(1, { sequence: 0 })[1]!), 'b.sequence is 0: 1 to '],
];

const nothing = { fee: 0n, penalty: 0n, interest: 0n, principal: 0n };
const order = { allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: 'installment_first' } as const;
const shares = (count: number): readonly FundingShare[] => Array.from({ length: count }, (_, index) => ({ funder: `f${index}`, sharePpm: index === 0 ? 1_000_000n - BigInt(count - 1) : 1n }));
const two = [{ funder: 'a', sharePpm: 0n }, { funder: 'b', sharePpm: 1_000_000n }];
const parts: readonly Bound[] = [
  ['money', () => allocate(FEN_MAX, [nothing], order), () => allocate(FEN_MAX + 1n, [nothing], order), 'money is 1000000000000001: 0 to '],
  ['what is owed', () => allocate(1n, [{ ...nothing, fee: 0n }], order), () => allocate(1n, [nothing, { ...nothing, fee: -1n }], order), 'owed[1].fee is -1: 0 to '],
  ['rows', () => allocate(1n, Array.from({ length: 1000 }, () => nothing), order), () => allocate(1n, Array.from({ length: 1001 }, () => nothing), order), 'owed is a list of 1001: at most 1000'],
  ['an order', () => allocate(1n, [], order), () => allocate(1n, [], { ...order, allocationOrder: ['fee', 'fee', 'interest', 'principal'] }), 'each of fee, penalty, interest, principal once'],
  ['funders', () => splitMovement({}, shares(100), 'received', 1n), () => splitMovement({}, shares(101), 'received', 1n), 'shares is a list of 101: at most 100'],
  ['shares', () => splitMovement({}, two, 'received', 1n), () => splitMovement({}, [...two, { funder: 'c', sharePpm: 1n }], 'received', 1n), 'shares that sum to 1000000 ppm, not 1000001'],
  ['a total', () => splitMovement({}, two, 'received', -FEN_MAX), () => splitMovement({}, two, 'received', -FEN_MAX - 1n), 'total is -1000000000000001: '],
  ['principal that was lent', () => splitMovement({ disbursed: [0n, 5n] }, two, 'principalPaid', 5n), () => splitMovement({ disbursed: [0n, 5n] }, two, 'principalPaid', 6n), 'total is 6: no more principal than was lent'],
  ['a state of these shares', () => splitMovement({ received: [0n, 20_000n] }, two, 'received', 20_000n), () => splitMovement({ received: [20_000n, 0n] }, two, 'received', 20_000n), 'one that grew from a state of these shares'],
  ['a state of so many funders', () => splitMovement({ received: [0n, 1n] }, two, 'received', 2n), () => splitMovement({ received: [0n] }, two, 'received', 2n), 'an amount for each of 2 funders'],
];

const level = { principal: fen(1_000_000n), rate: terms.rate, months: 12 };
const rows = flatFeeSchedule({ principal: fen(1_000_000n), months: 1, rate: { rate: ONE, per: 'month' } });
const fee = { when: 'monthly', size: { kind: 'amount', amount: fen(1n) } } as const;
const schedules: readonly Bound[] = [
  ['months of level installments', () => levelInstallmentSchedule({ ...level, months: 480 }), () => levelInstallmentSchedule({ ...level, months: 481 }), '.months is 481: '],
  ['the level installment', () => levelInstallment({ ...level, months: 1 }), () => levelInstallment({ ...level, months: 0 }), '.months is 0: '],
  ['a principal', () => levelPrincipalSchedule({ ...level, principal: fen(1n) }), () => levelPrincipalSchedule({ ...level, principal: fen(0n) }), '.principal is 0: '],
  ['fees', () => withFees(fen(1_000_000n), rows, Array.from({ length: 20 }, () => fee)), () => withFees(fen(1_000_000n), rows, Array.from({ length: 21 }, () => fee)), 'fees is a list of 21: at most 20'],
  ['a day that is known to be worked', () => isWorkingDay(CN_WORKING_CALENDAR, businessDate('2026-12-31')), () => isWorkingDay(CN_WORKING_CALENDAR, businessDate('2027-01-01')), 'day is "2027-01-01": '],
  ['a rule', () => rolledDay(CN_WORKING_CALENDAR, day, 'preceding'), () => rolledDay(CN_WORKING_CALENDAR, day, unchecked('nearest')), 'rule is "nearest": one of '],
  ['days that are named', () => calendarWithin(CN_WORKING_CALENDAR, day, day), () => calendarWithin({ ...CN_WORKING_CALENDAR, closed: [unchecked('2026-01-01')] }, day, day), 'calendar.closed[0] is "2026-01-01": a day'],
];

const costs = (count: number, change: object = {}): CostFlows => ({
  received: fen(100_000n), receivedOn: day, payments: Array.from({ length: count }, (_, index) => ({ dueOn: addDays(day, 30 * (index + 1)), principal: fen(100_000n / BigInt(count)), charges: fen(10n), ...change })),
});
const early = { dueOn: addDays(day, -1) };
const alternating = (count: number) => Array.from({ length: count }, (_, at) => ({ at, amount: at % 2 === 0 ? 5n : -6n }));
const rates: readonly Bound[] = [
  ['1,200 payments', () => annualCostOf(costs(1200)), () => annualCostOf(costs(1201)), 'flows.payments is a list of 1201: at most 1200'],
  ['the order of days', () => datedFlows(costs(2, { dueOn: day })), () => datedFlows(costs(2, early)), 'flows.payments[0].dueOn is 20457: on or after the one before, 20458'],
  ['amounts', () => monthlyFlows(costs(1, { charges: FEN_MAX })), () => monthlyFlows(costs(1, { charges: FEN_MAX + 1n })), 'flows.payments[0].charges is 1000000000000001: '],
  ['a dated rate', () => datedRatePpm(costs(12)), () => datedRatePpm(costs(12, { principal: unchecked(1) })), 'flows.payments[0].principal is 1: a bigint'],
  ['a cap', () => costExceeds(costs(12), -999_999n), () => costExceeds(costs(12), -1_000_000n), 'capPpm is -1000000: -999999 to '],
  ['a cap, at most', () => costExceeds(costs(12), 10n ** 18n), () => costExceeds(costs(12), 10n ** 18n + 1n), 'capPpm is 1000000000000000001: '],
  ['a rate at which a balance stays above nothing', () => costsMoreThan(costs(1, { dueOn: addDays(day, 730) }), -500_000n), () => costsMoreThan(costs(1, { dueOn: addDays(day, 730) }), -500_001n), 'ratePpm is -500001: at least -365000000 / 730'],
  ['compounding', () => effectiveRate(ONE, 10_000), () => effectiveRate(ONE, 10_001), 'periods is 10001: 0 to 10000'],
  ['a rate of −100 %', () => effectiveRate(fixed(-ONE), 1), () => effectiveRate(fixed(-ONE - 1n), 1), 'rate is -'],
  ['a period', () => searchRate([{ at: 1_000_000_000, amount: 1n }]), () => searchRate([{ at: 1_000_000_001, amount: 1n }]), 'flows[0].at is 1000000001: 0 to 1000000000'],
  ['an amount', () => searchRate([{ at: 0, amount: 10n ** 100n }]), () => searchRate([{ at: 0, amount: 10n ** 100n + 1n }]), 'flows[0].amount is '],
  ['10,000 flows', () => worthAt(alternating(10_000), ONE), () => worthAt(alternating(10_001), ONE), 'flows is a list of 10001: at most 10000'],
  ['a rate above −100 %', () => worthAt([{ at: 0, amount: 1n }], fixed(1n - ONE)), () => worthAt([{ at: 0, amount: 1n }], fixed(-ONE)), 'rate is -'],
  ['a power over all flows', () => worthAt([{ at: 0, amount: 1n }, { at: 4_000_000, amount: 1n }], ONE), () => worthAt([{ at: 0, amount: 1n }, { at: 4_000_001, amount: 1n }], ONE), 'within 2^4000000'],
  ['amounts of periods', () => irr(Array.from({ length: 10_000 }, () => 1n)), () => irr(Array.from({ length: 10_001 }, () => 1n)), 'amounts is a list of 10001: at most 10000'],
  ['decimals', () => irr([-1n, 2n], 30), () => irr([-1n, 2n], 31), 'decimals is 31: 0 to 30'],
  ['an amount of a period, to a decimal', () => irr([-1n, 10n ** 100n], 4), () => irr([-1n, 10n ** 100n + 1n], 4), 'amounts[1] is '],
  ['a day', () => xirr([{ on: last, amount: 1n }]), () => xirr([{ on: (last + 1) as BusinessDate, amount: 1n }]), 'flows[0].on is 2932897: '],
  ['a basis', () => xirr([], 'act/360'), () => xirr([], unchecked('act/364')), 'basis is "act/364": one of '],
  ['years of act/act', () => xirr([{ on: day, amount: 1n }, { on: businessDate('9000-01-01'), amount: -2n }], 'act/act_isda'), () => xirr([{ on: businessDate('0001-01-01'), amount: 1n }, { on: last, amount: -2n }], 'act/act_isda'), 'days at most 7,000 years apart'],
];

for (const [what, table] of Object.entries({ loans, 'parts of a loan': parts, schedules, rates })) {
  describe(`the bounds of ${what}`, () => {
    it.each(table)('%s', (_bound, inside, outside, words) => {
      expect(inside()).toBeDefined();
      expect(outside).toThrow(ArgumentError);
      expect(outside).toThrow(words);
    });
  });
}

it('flows of more changes than can be searched in a second or two are said to be so', () => {
  expect(searchRate(alternating(129))).not.toMatchObject({ why: 'too_many_changes' });
  expect(searchRate(alternating(130))).toEqual({ kind: 'none', why: 'too_many_changes' });
  const slow = Array.from({ length: 10_000 }, (_, at) => ({ at, amount: Math.floor(at / 500) % 2 === 0 ? 5n : -6n }));
  expect(searchRate(slow)).toEqual({ kind: 'none', why: 'too_many_changes' });
  expect(searchRate([{ at: 0, amount: fixedOf(1n) }])).toEqual({ kind: 'none', why: 'same_sign' });
});
