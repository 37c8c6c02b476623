import { assert, businessDate, businessDateOf, checkEvents, type BusinessDate, type LoanEvent } from '@mingdai/loan-math';
import { derivedId } from '../../../kernel/ids.ts';
import { dayOf, type Instant } from '../../../kernel/instant.ts';
import type { CommandTx } from '../../../platform/tx.ts';
import { ACCOUNTS, type JournalEntry } from '../../ledger/index.ts';
import type { NewLoanEvent } from '../domain/booking.ts';
import { closedThrough } from '../repository/closes.ts';
import type { StoredLoan } from '../repository/loans.ts';
import { openItem } from '../repository/open-items.ts';
import type { ServicingDeps } from './deps.ts';

/** Whose settlement account money arrives on before a loan says who lends. */
const SETTLEMENT_ENTITY = 'webank';

export type UnplacedMoney = { readonly paymentId: string; readonly reference: string; readonly amountFen: bigint; readonly valueOn: string; readonly shard: number; readonly at: Instant; readonly why: string };

/** Why a loan cannot take money that has come in for it; null when it can. */
export function whyNotTaken(stored: StoredLoan | null, event: NewLoanEvent): string | null {
  if (stored === null) return 'no_such_loan';
  const { loan, events } = stored;
  if (events.some(({ id }) => id === event.id)) return null;
  const checked = checkEvents(loan.contract.terms, [...events, { ...event, sequence: loan.sequence + 1, bookedAt: 0 } as LoanEvent]);
  return checked.ok ? null : checked.error.code;
}

/**
 * Money that no loan can take is ours to look after, not to keep: it stands in the books as unplaced, and as an open item that
 * says whose it may be and since when, until a person places it or sends it back.
 *
 * Source  docs/specs/postings.md §6.
 */
export async function keepUnplaced(deps: ServicingDeps, tx: CommandTx, money: UnplacedMoney): Promise<void> {
  const { paymentId, shard, amountFen } = money;
  const today = dayOf(money.at);
  await openItem(tx, { shard, reference: money.reference, id: paymentId, kind: 'money_unplaced', amountFen, why: money.why, openedOn: today });
  const entry: JournalEntry = {
    shard, id: derivedId('je', 'unplaced', paymentId), chain: `unplaced:${paymentId}`, chainSeq: 1, previousDigest: null, kind: 'money_unplaced',
    bookedOn: firstOpen(today, await closedThrough(tx)), valueOn: businessDate(money.valueOn), cause: paymentId,
    postings: [{ entity: SETTLEMENT_ENTITY, account: ACCOUNTS.cashAtBank, netFen: amountFen }, { entity: SETTLEMENT_ENTITY, account: ACCOUNTS.unplacedMoney, netFen: -amountFen }],
  };
  const booked = await deps.ledger.book(tx, [entry]);
  assert(booked.ok, `the ledger books money that came in: ${JSON.stringify(booked.ok ? '' : booked.error)}`);
}

const firstOpen = (today: BusinessDate, closed: BusinessDate | null): BusinessDate => (closed !== null && today <= closed ? businessDateOf(closed + 1) : today);
