import { assert, businessDateOf, fen, formatDate, positionOn, type BusinessDate, type LoanEvent, type Position } from '@mingdai/loan-math';
import { derivedId } from '../../../kernel/ids.ts';
import { unpaidDueOn, type Loan } from './loan.ts';
import { accrualsOf, poolDeltas, type AccrualChange, type PoolDelta } from './pools.ts';
import { entriesFor, type LoanPosting } from './postings.ts';

/** A journal entry before it has a place in its chain and account codes. */
export type EntryDraft = {
  readonly kind: string;
  readonly bookedOn: BusinessDate;
  readonly valueOn: BusinessDate;
  readonly cause: string;
  readonly postings: readonly LoanPosting[];
};

/** What others hear of a loan. */
export type LoanNews = {
  readonly type: 'loan_activated' | 'loan_cancelled' | 'loan_settled' | 'loan_overdue' | 'loan_cured' | 'repayment_booked' | 'repayment_taken_back';
  readonly payload: Readonly<Record<string, string | number>>;
};

/** All that comes of booking a loan up to somewhere: to be written together or not at all. */
export type Booking = {
  readonly loan: Loan;
  /** All events, the new ones included. */
  readonly events: readonly LoanEvent[];
  readonly fresh: readonly LoanEvent[];
  readonly entries: readonly EntryDraft[];
  readonly deltas: readonly PoolDelta[];
  readonly news: readonly LoanNews[];
};

/** The business calendar as booking sees it: the last day whose books are closed (null: none yet), and when this is. */
export type OpenBooks = { readonly closedThrough: BusinessDate | null; readonly at: number };

export type NewLoanEvent = LoanEvent extends infer Each ? (Each extends LoanEvent ? Omit<Each, 'sequence' | 'bookedAt'> : never) : never;

export const nothingBooked = (loan: Loan, events: readonly LoanEvent[]): Booking => ({ loan, events, fresh: [], entries: [], deltas: [], news: [] });

/**
 * Books what time alone has done to a loan, up to and including a day: every day on which something fell due, a bucket
 * was crossed or a grace ran out, one after the other, each booked on its own day. Any number of missed days at once
 * gives what closing day by day gives.
 *
 * Source  docs/specs/close-of-day.md §2.
 */
export function bookThrough(booking: Booking, day: BusinessDate, open: OpenBooks): Booking {
  let current = booking;
  while (current.loan.nextActionOn !== null && current.loan.nextActionOn <= day) current = bookDay(current, current.loan.nextActionOn, open);
  return current;
}

/**
 * Books what we have just learned of a loan. Time is booked first, up to the day on which we learn it; the event's own
 * effect is then the difference of knowing it and not knowing it, on that day.
 *
 * Keeps   an event whose id is there already changes nothing.
 * Source  docs/specs/postings.md §3.
 */
export function bookEvent(booking: Booking, event: NewLoanEvent, today: BusinessDate, open: OpenBooks): Booking {
  if (booking.events.some(({ id }) => id === event.id)) return booking;
  const day = latest(today, event.valueOn, booking.loan.bookedThrough ?? today);
  const caughtUp = bookThrough(booking, day, open);
  const fresh = { ...event, sequence: caughtUp.loan.sequence + 1, bookedAt: open.at } as LoanEvent;
  const looksBack = event.valueOn < day || event.kind === 'repayment_reversed' || event.kind === 'charged_off' || CHANGES.includes(event.kind);
  const difference = looksBack ? 'income' : 'rounding';
  const stepped = step(caughtUp, day, { fresh: [fresh], kind: event.kind, cause: event.id, valueOn: event.valueOn, open, interest: difference, penalty: difference });
  return withNews(stepped, caughtUp.loan, event);
}

/** An installment falls due once, unless its due day was moved afterwards, by a change that counts from before it. */
function fellDueParts(events: readonly LoanEvent[], number: number, day: BusinessDate): readonly string[] {
  const fellDue = events.some((event) => event.kind === 'fell_due' && event.installment === number);
  return fellDue ? ['fell_due', String(number), formatDate(day)] : ['fell_due', String(number)];
}

/** Changes of the contract: interest runs otherwise from then on, and what has run up may be counted over another denominator. */
const CHANGES: readonly LoanEvent['kind'][] = ['rate_changed', 'rescheduled', 'paused', 'resumed'];

function bookDay(booking: Booking, day: BusinessDate, open: OpenBooks): Booking {
  const { loan } = booking;
  const position = positionOn(loan.contract.terms, booking.events, day);
  const markers: LoanEvent[] = [];
  const mark = (parts: readonly string[], what: { kind: 'fell_due'; installment: number } | { kind: 'crossed_bucket'; to: Position['bucket'] }): void => {
    markers.push({ ...what, id: derivedId('evt', loan.id, ...parts), sequence: loan.sequence + markers.length + 1, valueOn: day, bookedAt: open.at });
  };
  for (const { number, dueOn } of position.installments) if (dueOn === day) mark(fellDueParts(booking.events, number, day), { kind: 'fell_due', installment: number });
  if (position.bucket !== loan.bucket) mark(['crossed_bucket', formatDate(day), position.bucket], { kind: 'crossed_bucket', to: position.bucket });
  const [marker] = markers;
  const kind = marker?.kind ?? 'penalty_charged';
  const cause = marker?.id ?? derivedId('evt', loan.id, 'day', formatDate(day));
  const stepped = step(booking, day, { fresh: markers, kind, cause, valueOn: day, open, interest: 'rounding', penalty: 'income', position });
  if (position.daysPastDue !== 1 || position.due.total === 0n) return stepped;
  return { ...stepped, news: [...stepped.news, { type: 'loan_overdue', payload: { ...aboutLoan(loan), on: formatDate(day), days_past_due: 1, due_fen: position.due.total.toString() } }] };
}

type Step = {
  readonly fresh: readonly LoanEvent[];
  readonly kind: string;
  readonly cause: string;
  readonly valueOn: BusinessDate;
  readonly open: OpenBooks;
  readonly interest: AccrualChange['difference'];
  readonly penalty: AccrualChange['difference'];
  /** The position on the day, when the caller has it and `fresh` does not change it. */
  readonly position?: Position;
};

/** The one way in which a loan moves: fold to the day, book the difference to what was booked before. */
function step(booking: Booking, day: BusinessDate, what: Step): Booking {
  const { loan } = booking;
  const { contract } = loan;
  const events = what.fresh.length === 0 ? booking.events : [...booking.events, ...what.fresh];
  const position = what.position ?? positionOn(contract.terms, events, day);
  const before = { totals: loan.totals, split: loan.split };
  const { postings, booked } = entriesFor({ lender: contract.lender, shares: contract.shares }, before, position.totals);
  const accruals = accrualsOf(position, contract.terms);
  const days = loan.bookedThrough === null ? 0 : day - loan.bookedThrough;
  const deltasOf = (kind: 'contract' | 'penalty'): readonly PoolDelta[] => {
    const [component, side] = kind === 'contract' ? (['interestCharged', 'interest'] as const) : (['penaltyCharged', 'penalty'] as const);
    const family = { lender: contract.lender, productCode: contract.productCode, productVersion: contract.productVersion, stage: 'normal', basis: contract.terms.basis } as const;
    return poolDeltas({ family, kind, shares: contract.shares }, {
      before: loan.accruals[side], days, after: accruals[side],
      charged: position.totals[component] - loan.totals[component],
      chargedByFunder: contract.shares.map((_, index) => (booked.split[component]?.[index] ?? 0n) - (loan.split[component]?.[index] ?? 0n)),
      difference: what[side],
    }, day);
  };
  const bookedOn = openDay(day, what.open);
  const entry: EntryDraft = { kind: what.kind, bookedOn, valueOn: what.valueOn, cause: what.cause, postings };
  return {
    loan: {
      ...loan, status: position.status, sequence: loan.sequence + what.fresh.length, bookedThrough: day,
      nextActionOn: position.nextActionOn, unpaidDueOn: unpaidDueOn(position), bucket: position.bucket,
      principalOutstanding: position.principalOutstanding, totals: booked.totals, split: booked.split, accruals,
    },
    events,
    fresh: [...booking.fresh, ...what.fresh],
    entries: postings.length === 0 ? booking.entries : [...booking.entries, entry],
    deltas: [...booking.deltas, ...deltasOf('contract'), ...deltasOf('penalty')],
    news: booking.news,
  };
}

/** A closed day takes no more entries: what comes late is booked in the first open one, marked with its value day. */
function openDay(day: BusinessDate, { closedThrough }: OpenBooks): BusinessDate {
  return closedThrough !== null && day <= closedThrough ? businessDateOf(closedThrough + 1) : day;
}

const aboutLoan = ({ id, contract }: Loan) => ({ loan_id: id, customer_id: contract.customerId, application_id: contract.applicationId });

function withNews(booking: Booking, before: Loan, event: NewLoanEvent): Booking {
  const { loan } = booking;
  const news: LoanNews[] = [];
  const tell = (type: LoanNews['type'], more: LoanNews['payload'] = {}): void => void news.push({ type, payload: { ...aboutLoan(loan), on: formatDate(event.valueOn), ...more } });
  if (event.kind === 'disbursed') tell('loan_activated', { amount_fen: event.amount.toString() });
  if (event.kind === 'cancelled') tell('loan_cancelled');
  if (event.kind === 'repayment_received' || event.kind === 'prepaid') tell('repayment_booked', { amount_fen: event.amount.toString() });
  if (event.kind === 'repayment_reversed') tell('repayment_taken_back', { reverses: event.reverses });
  if (loan.status === 'settled' && before.status !== 'settled') tell('loan_settled');
  else if (before.bucket !== 'current' && loan.bucket === 'current') tell('loan_cured');
  else if (before.bucket === 'current' && loan.bucket !== 'current') {
    // Money that was taken back: the first day past due went by unnoticed.
    const { on, daysPastDue, due } = positionOn(loan.contract.terms, booking.events, loan.bookedThrough!);
    tell('loan_overdue', { on: formatDate(on), days_past_due: daysPastDue, due_fen: due.total.toString() });
  }
  return { ...booking, news: [...booking.news, ...news] };
}

/** What is owed back and not yet on its way. */
export function refundToRequest({ totals, refundRequested }: Loan): bigint {
  const open = totals.refundLiability + totals.refunded - refundRequested;
  return open > 0n ? open : 0n;
}

export function withRefundRequested(loan: Loan, amount: bigint): Loan {
  const refundRequested = fen(loan.refundRequested + amount);
  assert(refundRequested >= 0n, 'refunds asked for are not less than none');
  return { ...loan, refundRequested };
}

const latest = (...days: readonly BusinessDate[]): BusinessDate => businessDateOf(Math.max(...days));
