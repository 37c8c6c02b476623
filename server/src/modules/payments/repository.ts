import { assert, businessDate, fen, formatDate, type BusinessDate } from '@mingdai/loan-math';
import { shardOf } from '../../kernel/ids.ts';
import { instant, isoOf } from '../../kernel/instant.ts';
import { VersionConflict, type Reader, type Tx } from '../../platform/tx.ts';
import type { Order, Payment, PaymentKind, PaymentState, PaymentStatus } from './domain/payment.ts';

type PaymentRow = {
  readonly shard: number; readonly id: string; readonly kind: PaymentKind; readonly reference: string; readonly purpose: string; readonly amount_fen: bigint;
  readonly card_token: string | null; readonly requested_at: Date; readonly status: PaymentStatus; readonly attempts: number; readonly seen: string | null;
  readonly reason: string | null; readonly value_on: string | null; readonly returned_on: string | null; readonly version: number;
};

const COLUMNS = 'shard, id, kind, reference, purpose, amount_fen, card_token, requested_at, status, attempts, seen, reason, value_on, returned_on, version';

/**
 * Keeps a new payment and where it lives. Answers whether it is new: the same id again changes nothing.
 * Throws InvariantError when the id already stands for another order.
 */
export async function insertPayment(tx: Tx, payment: Payment): Promise<boolean> {
  const { status, attempts, seen, reason, valueOn, returnedOn } = columnsOf(payment);
  const { rowCount } = await tx.query(
    `insert into payments.payment (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict (shard, id) do nothing`,
    [payment.shard, payment.id, payment.kind, payment.reference, payment.purpose, payment.amount, payment.cardToken, isoOf(payment.requestedAt),
      status, attempts, seen, reason, valueOn, returnedOn, payment.version],
  );
  if (rowCount === 0) {
    const before = await readPayment(tx, payment.shard, payment.id);
    assert(before !== null && isSameOrder(before, payment), 'a payment id stands for one order');
    return false;
  }
  await tx.query(
    'insert into payments.payment_home (shard, payment_id, home_shard) values ($1, $2, $3) on conflict (shard, payment_id) do nothing',
    [shardOf(payment.id), payment.id, payment.shard],
  );
  return true;
}

/** Writes a payment that `advance` moved one version on. Throws VersionConflict when another was quicker. */
export async function updatePayment(tx: Tx, payment: Payment): Promise<void> {
  if (!(await tryUpdatePayment(tx, payment))) throw new VersionConflict(`payment ${payment.id} is no longer at version ${payment.version - 1}`);
}

/** The same, answering whether the payment was still at the version before. */
export async function tryUpdatePayment(tx: Tx, payment: Payment): Promise<boolean> {
  const { status, attempts, seen, reason, valueOn, returnedOn } = columnsOf(payment);
  const { rowCount } = await tx.query(
    `update payments.payment set status = $4, attempts = $5, seen = $6, reason = $7, value_on = $8, returned_on = $9, version = $3, touched_at = now()
     where shard = $1 and id = $2 and version = $3 - 1`,
    [payment.shard, payment.id, payment.version, status, attempts, seen, reason, valueOn, returnedOn],
  );
  return rowCount === 1;
}

export async function readPayment(reader: Reader, shard: number, id: string): Promise<Payment | null> {
  const { rows } = await reader.query<PaymentRow>(`select ${COLUMNS} from payments.payment where shard = $1 and id = $2`, [shard, id]);
  return rows[0] === undefined ? null : paymentOf(rows[0]);
}

/** The shard on which a payment lives, by its id alone. */
export async function homeOf(reader: Reader, id: string): Promise<number | null> {
  const { rows } = await reader.query<{ home_shard: number }>('select home_shard from payments.payment_home where shard = $1 and payment_id = $2', [shardOf(id), id]);
  return rows[0]?.home_shard ?? null;
}

/** Payments that are neither answered nor asked about by a job, untouched for some seconds; oldest first. */
export async function stoppedPayments(reader: Reader, sinceSeconds: number, limit: number): Promise<readonly Payment[]> {
  const { rows } = await reader.query<PaymentRow>(
    `select ${COLUMNS} from payments.payment
     where status in ('requested', 'sent') and touched_at <= now() - make_interval(secs => $1) order by touched_at, shard, id limit $2`,
    [sinceSeconds, limit],
  );
  return rows.map(paymentOf);
}

export type BookRow = { readonly kind: PaymentKind; readonly status: PaymentStatus; readonly count: number; readonly amountFen: bigint };
export type MovedRow = { readonly kind: PaymentKind | 'debit_return'; readonly count: number; readonly amountFen: bigint };

/** What moved on the settlement account by value day, as this book has it. */
export async function movedBetween(reader: Reader, from: BusinessDate, to: BusinessDate): Promise<readonly MovedRow[]> {
  const { rows } = await reader.query<{ kind: MovedRow['kind']; count: bigint; amount_fen: string }>(
    `select kind, count(*) as count, sum(amount_fen)::text as amount_fen from payments.payment
     where status in ('settled', 'returned') and value_on between $1 and $2 group by kind
     union all
     select 'debit_return', count(*), sum(amount_fen)::text from payments.payment
     where status = 'returned' and returned_on between $1 and $2 having count(*) > 0
     order by 1`,
    [formatDate(from), formatDate(to)],
  );
  return rows.map((row) => ({ kind: row.kind, count: Number(row.count), amountFen: BigInt(row.amount_fen) }));
}

/** Every payment by kind and status, whatever its day. */
export async function countedByStatus(reader: Reader): Promise<readonly BookRow[]> {
  const { rows } = await reader.query<{ kind: PaymentKind; status: PaymentStatus; count: bigint; amount_fen: string }>(
    'select kind, status, count(*) as count, sum(amount_fen)::text as amount_fen from payments.payment group by kind, status order by kind, status');
  return rows.map((row) => ({ kind: row.kind, status: row.status, count: Number(row.count), amountFen: BigInt(row.amount_fen) }));
}

export const isSameOrder = (one: Order, other: Order): boolean =>
  one.kind === other.kind && one.reference === other.reference && one.purpose === other.purpose && one.amount === other.amount && one.cardToken === other.cardToken;

function columnsOf(payment: Payment) {
  return {
    status: payment.status,
    attempts: 'attempts' in payment ? payment.attempts : 0,
    seen: 'seen' in payment ? payment.seen : null,
    reason: 'reason' in payment ? payment.reason : null,
    valueOn: 'valueOn' in payment ? formatDate(payment.valueOn) : null,
    returnedOn: 'returnedOn' in payment ? formatDate(payment.returnedOn) : null,
  };
}

function paymentOf(row: PaymentRow): Payment {
  const order = {
    id: row.id, kind: row.kind, shard: row.shard, reference: row.reference, purpose: row.purpose, amount: fen(row.amount_fen), cardToken: row.card_token,
    requestedAt: instant(row.requested_at.getTime()), version: row.version,
  };
  return { ...order, ...stateOf(row) };
}

function stateOf(row: PaymentRow): PaymentState {
  const { status, attempts } = row;
  switch (status) {
    case 'requested':
      return { status };
    case 'sent':
      return { status, attempts };
    case 'unknown':
      return { status, attempts, seen: row.seen ?? '' };
    case 'settled':
      return { status, valueOn: dayIn(row.value_on) };
    case 'refused':
      return { status, reason: row.reason ?? '' };
    case 'returned':
      return { status, valueOn: dayIn(row.value_on), returnedOn: dayIn(row.returned_on), reason: row.reason ?? '' };
  }
}

function dayIn(text: string | null): BusinessDate {
  assert(text !== null, 'a settled payment has its value day');
  return businessDate(text);
}
