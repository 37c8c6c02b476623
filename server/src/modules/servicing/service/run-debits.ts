import { fen, formatDate, positionOn, type BusinessDate } from '@mingdai/loan-math';
import type { By } from '../../../kernel/actor.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { dayOf } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { FIRST_PLACE, loadLoan, loansWithDues, type LoanPlace, type StoredLoan } from '../repository/loans.ts';
import type { DebitRun, ServicingRefusal } from '../servicing.ts';
import { inParallel, type ServicingDeps } from './deps.ts';

/** So many debits are with the bank at once. */
const AT_ONCE = 8;

const PAGE = 2_000;

type Debit = { readonly status: string; readonly amountFen: bigint };
export type DebitAsk = { readonly on: BusinessDate; readonly scope: 'due_today' | 'all_due' };

/**
 * Orders the direct debits of a day, one a loan, and drives them on. A second run of the same day orders nothing twice: it
 * only drives on what is still open.
 *
 * Refuses `day_not_reached`.
 */
export async function runDebits(deps: ServicingDeps, ask: DebitAsk, by: By): Promise<Result<DebitRun, ServicingRefusal>> {
  const today = dayOf(by.at);
  if (ask.on > today) return refuse({ code: 'day_not_reached', askedOn: ask.on, todayOn: today });
  const debits: (Debit | null)[] = [];
  for (let after = FIRST_PLACE; ;) {
    const page = await loansWithDues(deps.db, ask.on, { after, limit: PAGE });
    const inScope = page.filter((stored) => amountToDebit(stored, ask) > 0n).map(({ loan }) => loan);
    debits.push(...(await inParallel(inScope, AT_ONCE, (place) => debit(deps, { ...ask, place }, by))));
    if (page.length < PAGE) break;
    after = page.at(-1)!.loan;
  }
  const asked = debits.filter((each) => each !== null);
  const of = (status: string): readonly Debit[] => asked.filter((each) => each.status === status);
  const sum = (list: readonly Debit[]): bigint => list.reduce((total, { amountFen }) => total + amountFen, 0n);
  const [settled, refused] = [of('settled'), of('refused')];
  return ok({
    on: ask.on, asked: asked.length, askedFen: sum(asked), settled: settled.length, settledFen: sum(settled), refused: refused.length,
    open: asked.length - settled.length - refused.length,
  });
}

async function debit(deps: ServicingDeps, ask: DebitAsk & { readonly place: LoanPlace }, by: By): Promise<Debit | null> {
  const { on, place } = ask;
  const paymentId = derivedId('pay', place.id, 'debit_run', formatDate(on));
  const ordered = await deps.funnel.run<{ amountFen: bigint }, never>(
    { name: 'servicing.debit_due', key: `${formatDate(on)}/${place.id}`, input: { on, loanId: place.id }, actor: by.actor, at: by.at, shard: place.shard },
    async (tx) => {
      const stored = await loadLoan(tx, place.id, place.shard);
      const amountFen = stored === null ? 0n : amountToDebit(stored, ask);
      if (amountFen > 0n) {
        const { contract } = stored!.loan;
        await deps.payments.request(tx, { id: paymentId, kind: 'debit', shard: place.shard, reference: place.id, purpose: 'due', amount: fen(amountFen), cardToken: contract.cardToken, at: by.at });
      }
      return ok({ amountFen });
    },
  );
  if (!ordered.ok) throw new Error(`the debit of ${place.id} was not ordered: ${ordered.error.code}`);
  const { amountFen } = ordered.value;
  return amountFen === 0n ? null : { amountFen, status: await deps.payments.drive(paymentId) };
}

/** All that is due on the day, when the loan is in the run's scope. */
function amountToDebit({ loan, events }: StoredLoan, { on, scope }: DebitAsk): bigint {
  const position = positionOn(loan.contract.terms, events, on);
  if (position.status !== 'active') return 0n;
  const isInScope = scope === 'all_due' || position.installments.some((row) => row.dueOn === on && row.status === 'due');
  return isInScope ? position.due.total : 0n;
}
