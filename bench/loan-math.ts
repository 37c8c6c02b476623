/**
 * How fast the arithmetic is: the 36-row level-installment schedule beside the same schedule in decimal.js, and one fold of
 * a 24-month loan with 30 events beside the tests' naive walk through its days. Prints a table; asserts nothing. Run: `npx node bench/loan-math.ts`
 */
import { Decimal } from 'decimal.js';
import { naivePosition } from '../packages/loan-math/test/naive.ts';
import {
  addDays, annualCostOf, annualRatePpm, businessDate, costExceeds, fen, irr, levelInstallmentSchedule, positionOn, scheduleOf, xirr, type LoanEvent, type LoanTerms,
} from '@mingdai/loan-math';

const RATE_PPM = 72_000n;
const MONTHS = 36;
const principals = Array.from({ length: 64 }, (_, i) => 1_000_000n + BigInt(i) * 12_345n);

/** The same rows with decimal.js: level amount once, interest half up each month, the last month absorbs the rest. */
function decimalSchedule(principal: Decimal, rate: Decimal, months: number): readonly { principal: Decimal; interest: Decimal; balance: Decimal }[] {
  const grown = rate.plus(1).pow(months);
  const level = principal.times(rate).times(grown).div(grown.minus(1)).toDecimalPlaces(0, Decimal.ROUND_HALF_UP);
  const rows = [];
  let balance = principal;
  for (let month = 1; month <= months; month++) {
    const interest = balance.times(rate).toDecimalPlaces(0, Decimal.ROUND_HALF_UP);
    const part = month === months ? balance : level.minus(interest);
    balance = balance.minus(part);
    rows.push({ principal: part, interest, balance });
  }
  return rows;
}

/** Best of five runs of about a fifth of a second, in nanoseconds a call. */
function nanoseconds(work: (turn: number) => void): number {
  let best = Infinity;
  for (let run = 0; run < 6; run++) {
    const begin = performance.now();
    let turns = 0;
    while (performance.now() - begin < 200) for (let i = 0; i < 20; i++) work(turns++);
    if (run > 0) best = Math.min(best, ((performance.now() - begin) * 1e6) / turns);
  }
  return best;
}

const terms: LoanTerms = {
  principal: fen(1_200_000n), method: 'level_installment', basis: 'act_360', rate: annualRatePpm(RATE_PPM), months: 24, termDays: null, dueDay: null,
  graceDays: 0, graceCountsBack: true, penaltyRate: annualRatePpm(108_000n),
  allocationOrder: ['fee', 'penalty', 'interest', 'principal'], allocationScope: 'installment_first',
};
const start = businessDate('2026-10-08');

/** 30 events: the disbursement, then payments on time, early and late, some of them in two parts. */
function history(): readonly LoanEvent[] {
  const events: LoanEvent[] = [{ id: 'e1', sequence: 1, valueOn: start, bookedAt: 0, kind: 'disbursed', amount: terms.principal }];
  for (const [index, row] of scheduleOf(terms, start).entries()) {
    const days = [0, -4, 9][index % 3]!;
    const parts = index % 3 === 2 ? [row.total / 2n, row.total - row.total / 2n] : [row.total];
    for (const [part, amount] of parts.entries()) {
      if (events.length === 30) break;
      events.push({ id: `e${events.length + 1}`, sequence: events.length + 1, valueOn: addDays(row.dueOn, days + part * 2), bookedAt: 0, kind: 'repayment_received', amount: fen(amount) });
    }
  }
  return events;
}

const ours = principals.map((principal) => ({ principal: fen(principal), rate: annualRatePpm(RATE_PPM), months: MONTHS }));
const theirs = principals.map((principal) => new Decimal(principal.toString()));
const monthly = new Decimal(RATE_PPM.toString()).div(12_000_000);
for (const [i, loan] of ours.entries()) {
  const [a, b] = [levelInstallmentSchedule(loan), decimalSchedule(theirs[i]!, monthly, MONTHS)];
  if (a.some((row, n) => row.principal.toString() !== b[n]!.principal.toString())) throw new Error('both ways give the same rows');
}
const events = history();
const on = addDays(start, 24 * 31);
const flows = { received: terms.principal, receivedOn: start, payments: scheduleOf(terms, start).map((row) => ({ dueOn: row.dueOn, principal: row.principal, charges: row.interest })) };

const schedule = nanoseconds((i) => levelInstallmentSchedule(ours[i % ours.length]!));
const decimal = nanoseconds((i) => decimalSchedule(theirs[i % theirs.length]!, monthly, MONTHS));
const dated = nanoseconds(() => scheduleOf(terms, start));
const fold = nanoseconds(() => positionOn(terms, events, on));
const [folded, walked] = [positionOn(terms, events, on).totals, naivePosition(terms, events, on).totals];
if (folded.interestPaid !== walked.interestPaid || folded.penaltyPaid !== walked.penaltyPaid) throw new Error('both ways give the same totals');
const naive = nanoseconds(() => naivePosition(terms, events, on));
const cost = nanoseconds(() => annualCostOf(flows));
const cap = nanoseconds(() => costExceeds(flows, 240_000n));
const equalPeriods = [1_200_000n, ...Array.from({ length: 36 }, () => -37_200n)];
const monthlyDays = [{ on: start, amount: -1_200_000n }, ...Array.from({ length: 59 }, (_, i) => ({ on: addDays(start, Math.round((i + 1) * 30.44)), amount: 27_200n }))];
const scatteredDays = monthlyDays.map(({ amount }, i) => ({ on: addDays(start, i * 30 + ((i * 17) % 23)), amount }));
const [periodic, dates, scattered] = [nanoseconds(() => irr(equalPeriods)), nanoseconds(() => xirr(monthlyDays)), nanoseconds(() => xirr(scatteredDays))];

const line = (what: string, ns: number, note = ''): void => console.log(`${what.padEnd(58)} ${(ns / 1000).toFixed(2).padStart(9)} us ${Math.round(1e9 / ns).toLocaleString('en').padStart(10)}/s  ${note}`);
line('36-row level-installment schedule', schedule, `${(decimal / schedule).toFixed(1)} x as fast as decimal.js`);
line('the same rows with decimal.js', decimal);
line('24-row schedule over real days (act/360)', dated);
line(`position of a 24-month loan with ${events.length} events`, fold, `${(naive / fold).toFixed(0)} x as fast as the naive walk`);
line('the same position by the naive walk, day by day', naive);
line('annual cost by five measures, 24 payments', cost);
line('cap test by three measures, 24 payments', cap);
line('monthly rate of 36 payments, to 30 digits', periodic);
line('XIRR of 60 flows a month apart, to 30 digits', dates);
line('XIRR of 60 flows on scattered days, to 30 digits', scattered);
