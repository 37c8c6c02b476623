import { fen, formatDate, positionOn, type BusinessDate } from '@mingdai/loan-math';
import type { By } from '../../../kernel/actor.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { dayOf, type Instant } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { VersionConflict, type CommandTx } from '../../../platform/tx.ts';
import { nothingBooked } from '../domain/booking.ts';
import type { Loan } from '../domain/loan.ts';
import { loadLoan, loansAt, placesWithDues, type StoredLoan } from '../repository/loans.ts';
import type { DebitRun, ServicingRefusal } from '../servicing.ts';
import { inParallel, type ServicingDeps } from './deps.ts';
import { sendRefundsAgain } from './refunds.ts';
import { saveBooking } from './save-bookings.ts';

/** So many debits are with the bank at once. */
const AT_ONCE = 8;

const PAGE = 2_000;

type Debit = { readonly status: string; readonly amountFen: bigint };
export type DebitAsk = { readonly on: BusinessDate; readonly scope: 'due_today' | 'all_due' };
type DatedAsk = DebitAsk & { readonly today: BusinessDate };

/** A loan whose earlier debit is still open is asked for nothing more: it counts as open, with no money asked. */
const STILL_OPEN: Debit = { status: 'unknown', amountFen: 0n };

/**
 * Orders the direct debits of a day, one a loan, and drives them on. A second run of the same day orders nothing twice: it
 * only drives on what is still open. A day that was missed is asked for what is still unpaid of it, not for what was. Today's run first
 * orders again the refunds that the bank refused on an earlier day.
 *
 * Refuses `day_not_reached`.
 */
export async function runDebits(deps: ServicingDeps, ask: DebitAsk, by: By): Promise<Result<DebitRun, ServicingRefusal>> {
  const today = dayOf(by.at);
  if (ask.on > today) return refuse({ code: 'day_not_reached', askedOn: ask.on, todayOn: today });
  if (ask.on === today) await sendRefundsAgain(deps, by);
  const asked = { ...ask, today };
  const debits: (Debit | null)[] = [];
  for await (const places of placesWithDues(deps.db, ask.on, PAGE)) {
    const inScope = (await loansAt(deps.db, places)).filter((stored) => amountToDebit(stored, asked) > 0n).map(({ loan }) => loan);
    debits.push(...(await inParallel(inScope, AT_ONCE, (loan) => debit(deps, { ...asked, loan }, by))));
  }
  const made = debits.filter((each) => each !== null);
  const of = (status: string): readonly Debit[] => made.filter((each) => each.status === status);
  const sum = (list: readonly Debit[]): bigint => list.reduce((total, { amountFen }) => total + amountFen, 0n);
  const [settled, refused] = [of('settled'), of('refused')];
  return ok({
    on: ask.on, asked: made.length, askedFen: sum(made), settled: settled.length, settledFen: sum(settled), refused: refused.length,
    open: made.length - settled.length - refused.length,
  });
}

async function debit(deps: ServicingDeps, ask: DatedAsk & { readonly loan: Loan }, by: By): Promise<Debit | null> {
  const { on, loan } = ask;
  const paymentId = derivedId('pay', loan.id, 'debit_run', formatDate(on));
  if (loan.debitInFlight !== null && loan.debitInFlight !== paymentId && !isKnown(await deps.payments.drive(loan.debitInFlight))) return STILL_OPEN;
  const ordered = await deps.funnel.run<{ amountFen: bigint }, never>(
    { name: 'servicing.debit_due', key: `${formatDate(on)}/${loan.id}`, input: { on, loanId: loan.id }, actor: by.actor, at: by.at, shard: loan.shard },
    async (tx) => {
      const stored = await loadLoan(tx, loan.id, loan.shard);
      const amountFen = stored === null ? 0n : amountToDebit(stored, ask);
      if (amountFen > 0n) await order(deps, tx, stored!, { id: paymentId, amountFen, at: by.at });
      return ok({ amountFen });
    },
  );
  // What is busy keeps no answer: the next run of the day asks again.
  if (!ordered.ok && ordered.error.code === 'busy') return STILL_OPEN;
  if (!ordered.ok) throw new Error(`the debit of ${loan.id} was not ordered: ${ordered.error.code}`);
  const { amountFen } = ordered.value;
  return amountFen === 0n ? null : { amountFen, status: await deps.payments.drive(paymentId) };
}

const isKnown = (status: string): boolean => status === 'settled' || status === 'refused' || status === 'returned';

type DebitOrder = { readonly id: string; readonly amountFen: bigint; readonly at: Instant };

async function order(deps: ServicingDeps, tx: CommandTx, { loan, events }: StoredLoan, { id, amountFen, at }: DebitOrder): Promise<void> {
  if (loan.debitInFlight !== null) throw new VersionConflict(`${loan.id} has a debit in flight: ${loan.debitInFlight}`);
  await deps.payments.request(tx, { id, kind: 'debit', shard: loan.shard, reference: loan.id, purpose: 'due', amount: fen(amountFen), cardToken: loan.contract.cardToken, at });
  await saveBooking(deps, tx, nothingBooked({ ...loan, debitInFlight: id }, events));
}

/** All that is due now, when the loan is in the run's scope: something of that day's installment is unpaid. */
function amountToDebit({ loan, events }: StoredLoan, { on, scope, today }: DatedAsk): bigint {
  const position = positionOn(loan.contract.terms, events, today);
  if (position.status !== 'active') return 0n;
  const isInScope = scope === 'all_due' || position.installments.some((row) => row.dueOn === on && row.status !== 'paid');
  return isInScope ? position.due.total : 0n;
}
