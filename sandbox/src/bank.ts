import { z } from 'zod';
import { sha256 } from './signature.ts';
import { addDays } from './virtual-clock.ts';
import { understood, type Answer, type Endpoint } from './wire.ts';
import { OUTSIDE, SETTLEMENT, type BankOrder, type Change, type Fault, type Movement, type OrderKind, type Store } from './world.ts';

const amount = z.string().regex(/^[1-9]\d{0,14}$/);
const order = z
  .strictObject({
    order_id: z.string().min(1).max(100),
    amount_fen: amount,
    card_token: z.string().optional(),
    card_number: z.string().optional(),
    name: z.string().optional(),
  })
  .refine((asked) => (asked.card_token === undefined) !== (asked.card_number === undefined), 'one of card_token and card_number');
type Order = z.infer<typeof order>;

const OUTCOME_MS = 300;
const RETURN_REASON = 'returned_by_payer_bank';

/**
 * The bank: payouts from the lender's settlement account and direct debits into it, with a double-entry book of its own.
 * An order id stands for one order for ever: the same content is answered again, other content is a 409.
 */
export type Bank = {
  readonly endpoints: readonly Endpoint[];
  /** Takes up what was on its way when the process last ended. */
  resume(): void;
  /** Sends back the settled debits whose day of return has come. */
  returnDue(): void;
  /** A bank transfer by a card holder to the lender, with a reference. */
  transferIn(id: string, transfer: { card: string; amountFen: string; reference: string }): Answer;
  /** Puts money on an account from outside this bank, or takes it away. */
  adjust(account: string, kind: 'deposit' | 'withdrawal', amountFen: bigint, valueOn?: string): void;
};

export type Tell = (id: string, body: Readonly<Record<string, string>>, times: number) => void;

export function bank(store: Store, tell: Tell): Bank {
  const desk: Desk = { store, tell };
  const endpoints = (['payout', 'debit'] as const).flatMap((kind): Endpoint[] => [
    {
      target: `bank.${kind}s`, method: 'POST', path: `/bank/${kind}s`, playsOutcomes: true,
      play: ({ body, fault }) => understood(order, body, (asked) => place(desk, kind, asked, fault)),
    },
    {
      target: `bank.${kind}s.get`, method: 'GET', path: `/bank/${kind}s/:order_id`,
      play: ({ params }) => {
        const known = store.world.orders.get(params['order_id']!);
        return known?.kind === kind ? shown(known) : { status: 404, body: { code: 'never_seen' } };
      },
    },
  ]);
  return {
    endpoints: [...endpoints, { target: 'bank.statement', method: 'GET', path: '/bank/statement', play: ({ query }) => statement(store, query['from'], query['to']) }],
    resume: () => {
      for (const known of store.world.orders.values()) schedule(desk, known);
    },
    returnDue: () => {
      for (const known of [...store.world.orders.values()]) {
        if (known.status === 'paid' && known.returns?.on !== undefined && known.returns.on <= store.today()) giveBack(desk, known.order_id);
      }
    },
    transferIn: (id, { card, amountFen, reference }) => {
      if ((store.world.balances.get(card) ?? 0n) < BigInt(amountFen)) return { status: 409, body: { code: 'insufficient_funds' } };
      const movement: Movement = { id, kind: 'transfer_in', order_id: id, value_on: store.today(), from: card, to: SETTLEMENT, amount_fen: amountFen };
      store.commit({ t: 'movement', movement });
      tell(id, { kind: 'transfer_in', order_id: id, status: 'paid', value_on: movement.value_on, amount_fen: amountFen, reference }, 1);
      return { status: 201, body: { order_id: id, value_on: movement.value_on } };
    },
    adjust: (account, kind, amountFen, valueOn = store.today()) => store.commit(adjustment(store, { account, kind, amountFen, valueOn })),
  };
}

type Desk = { readonly store: Store; readonly tell: Tell };

function place(desk: Desk, kind: OrderKind, asked: Order, fault: Fault | null): Answer {
  const { store, tell } = desk;
  const digest = sha256(JSON.stringify([kind, asked.amount_fen, asked.card_token ?? null, asked.card_number ?? null, asked.name ?? null]));
  const before = store.world.orders.get(asked.order_id);
  if (before !== undefined) {
    return before.digest === digest ? shown(before) : { status: 409, body: { code: 'id_reused_with_other_content' } };
  }
  const card = asked.card_number ?? store.world.cardOfToken.get(asked.card_token!) ?? null;
  const placed: BankOrder = {
    order_id: asked.order_id, kind, digest, card_number: card, amount_fen: asked.amount_fen, value_on: store.today(), status: 'processing',
    ...returnOf(kind, fault, store.today()),
    ...(fault?.mode === 'duplicate_callback' ? { callbackTwice: true } : {}),
  };
  if (fault?.mode === 'processing_then_paid' || fault?.mode === 'processing_then_refused') {
    const status = fault.mode === 'processing_then_paid' ? 'paid' : 'refused';
    const later: BankOrder = { ...placed, becomes: { status, at: Date.now() + (fault.delay_ms ?? OUTCOME_MS) } };
    store.commit({ t: 'order', order: later });
    schedule(desk, later);
    return shown(later);
  }
  const done = finish(store, placed, fault?.mode === 'refuse' ? 'refused_by_bank' : refusalOf(store, kind, card, asked));
  if (done.callbackTwice === true) tell(done.order_id, callbackOf(done), 2);
  schedule(desk, done);
  return shown(done);
}

/** Books a paid order, or writes down its refusal. */
function finish(store: Store, open: BankOrder, refusal: string | null): BankOrder {
  const { becomes: _, ...rest } = open;
  if (refusal !== null) {
    const refused: BankOrder = { ...rest, status: 'refused', reason: refusal, value_on: store.today() };
    store.commit({ t: 'order', order: refused });
    return refused;
  }
  const paid: BankOrder = { ...rest, status: 'paid', value_on: store.today() };
  store.commit({ t: 'movement', movement: movementOf(paid, paid.kind) }, { t: 'order', order: paid });
  return paid;
}

function resolve(desk: Desk, orderId: string): void {
  const open = desk.store.world.orders.get(orderId);
  if (open?.status !== 'processing' || open.becomes === undefined) return;
  const refusal = open.becomes.status === 'refused' ? 'refused_by_bank' : refusalOf(desk.store, open.kind, open.card_number, { amount_fen: open.amount_fen });
  const done = finish(desk.store, open, refusal);
  desk.tell(orderId, callbackOf(done), done.callbackTwice === true ? 2 : 1);
  schedule(desk, done);
}

function giveBack(desk: Desk, orderId: string): void {
  const settled = desk.store.world.orders.get(orderId);
  if (settled?.status !== 'paid' || settled.returns === undefined) return;
  const { returns: _, ...rest } = settled;
  const returned: BankOrder = { ...rest, status: 'returned', reason: RETURN_REASON, returned_on: desk.store.today() };
  const movement: Movement = { ...movementOf(settled, 'debit_return'), value_on: desk.store.today() };
  desk.store.commit({ t: 'movement', movement }, { t: 'order', order: returned });
  desk.tell(`${orderId}/return`, { ...callbackOf(returned), kind: 'debit_return', status: 'returned', value_on: movement.value_on, reason: RETURN_REASON }, 1);
}

/** Sets the real-time timers of an order; those of the virtual clock are asked by `returnDue`. */
function schedule(desk: Desk, due: BankOrder): void {
  if (due.status === 'processing' && due.becomes !== undefined) after(due.becomes.at, () => resolve(desk, due.order_id));
  if (due.status === 'paid' && due.returns?.at !== undefined) after(due.returns.at, () => giveBack(desk, due.order_id));
}

function adjustment(store: Store, by: { account: string; kind: 'deposit' | 'withdrawal'; amountFen: bigint; valueOn: string }): Change {
  const id = `${by.kind}_${store.world.movements.length + 1}`;
  const [from, to] = by.kind === 'deposit' ? [OUTSIDE, by.account] : [by.account, OUTSIDE];
  return { t: 'movement', movement: { id, kind: by.kind, order_id: id, value_on: by.valueOn, from, to, amount_fen: by.amountFen.toString() } };
}

/** Why the bank itself will not carry an order out. */
function refusalOf(store: Store, kind: OrderKind, card: string | null, asked: { amount_fen: string; name?: string | undefined }): string | null {
  const holder = card === null ? undefined : store.world.byCard.get(card);
  if (holder === undefined) return 'card_unknown';
  if (asked.name !== undefined && asked.name !== holder.name) return 'name_mismatch';
  const from = kind === 'payout' ? SETTLEMENT : holder.card_number;
  return (store.world.balances.get(from) ?? 0n) < BigInt(asked.amount_fen) ? 'insufficient_funds' : null;
}

function returnOf(kind: OrderKind, fault: Fault | null, today: string): Pick<BankOrder, 'returns'> {
  if (fault?.mode !== 'late_return' || kind !== 'debit') return {};
  return { returns: fault.after_days === undefined ? { at: Date.now() + (fault.delay_ms ?? OUTCOME_MS) } : { on: addDays(today, fault.after_days) } };
}

const movementOf = (order: BankOrder, kind: 'payout' | 'debit' | 'debit_return'): Movement => {
  const [from, to] = kind === 'debit' ? [order.card_number!, SETTLEMENT] : [SETTLEMENT, order.card_number!];
  return { id: `${order.order_id}/${kind}`, kind, order_id: order.order_id, value_on: order.value_on, from, to, amount_fen: order.amount_fen };
};

const shown = (order: BankOrder): Answer => ({
  status: 200,
  body: {
    order_id: order.order_id, status: order.status, amount_fen: order.amount_fen, value_on: order.value_on,
    ...(order.returned_on === undefined ? {} : { returned_on: order.returned_on }),
    ...(order.reason === undefined ? {} : { reason: order.reason }),
  },
});

const callbackOf = (order: BankOrder): Readonly<Record<string, string>> => ({
  kind: order.kind, order_id: order.order_id, status: order.status, value_on: order.value_on, amount_fen: order.amount_fen,
  ...(order.reason === undefined ? {} : { reason: order.reason }),
});

/** The settlement account's lines of some days, signed from the account holder's side, with the balance after each. */
function statement(store: Store, from = '0000-00-00', to = '9999-99-99'): Answer {
  let balance = 0n;
  let opening = 0n;
  const lines: Record<string, string>[] = [];
  for (const movement of store.world.movements) {
    if ((movement.from !== SETTLEMENT && movement.to !== SETTLEMENT) || movement.value_on > to) continue;
    const signed = movement.to === SETTLEMENT ? BigInt(movement.amount_fen) : -BigInt(movement.amount_fen);
    balance += signed;
    if (movement.value_on < from) opening = balance;
    else lines.push({ kind: movement.kind, order_id: movement.order_id, value_on: movement.value_on, amount_fen: signed.toString(), balance_fen: balance.toString() });
  }
  return { status: 200, body: { account: SETTLEMENT, opening_fen: opening.toString(), lines, balance_fen: balance.toString() } };
}

function after(at: number, work: () => void): void {
  setTimeout(work, Math.max(0, at - Date.now())).unref();
}
