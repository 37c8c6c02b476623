import type { Journal } from './journal.ts';
import { dayOf, readClock, type ClockState } from './virtual-clock.ts';

/**
 * Everything the outside world remembers. It changes only through `commit`, which writes the change to the
 * journal first and applies it after: the same lines read again at the next start give the same world.
 */
export type World = {
  clock: ClockState;
  readonly listeners: Map<string, string>;
  readonly persons: Map<string, Person>;
  /** The same persons by openid, card number and card token. */
  readonly byOpenid: Map<string, Person>;
  readonly byCard: Map<string, Person>;
  readonly cardOfToken: Map<string, string>;
  readonly usedCodes: Set<string>;
  /** What was answered, by provider and the caller's own id: the memory behind idempotency and questions. */
  readonly answers: Map<string, StoredAnswer>;
  readonly messages: Map<string, SmsMessage[]>;
  readonly orders: Map<string, BankOrder>;
  readonly balances: Map<string, bigint>;
  readonly movements: Movement[];
  readonly callbacks: Map<string, Callback>;
  faults: Fault[];
};

export type Evidence = { readonly status: 'found' | 'thin' | 'not_found'; readonly report: Readonly<Record<string, unknown>> };

export type Person = {
  readonly openid: string;
  readonly name: string;
  readonly id_number: string;
  readonly phone: string;
  readonly card_number: string;
  readonly face_ticket: string;
  readonly bureau: Evidence;
  readonly behaviour: Evidence;
  /** A line for the visitor; only the built-in persons have one. */
  readonly note?: string | undefined;
};

export type StoredAnswer = { readonly digest: string; readonly status: number; readonly body: Readonly<Record<string, unknown>> };
export type SmsMessage = { readonly message_id: string; readonly phone: string; readonly text: string; readonly at: string };

export type OrderKind = 'payout' | 'debit';
export type BankOrder = {
  readonly order_id: string;
  readonly kind: OrderKind;
  readonly digest: string;
  readonly card_number: string | null;
  readonly amount_fen: string;
  readonly status: 'processing' | 'paid' | 'refused' | 'returned';
  readonly value_on: string;
  readonly reason?: string | undefined;
  /** What a processing order becomes, and when (real time, epoch milliseconds). */
  readonly becomes?: { readonly status: 'paid' | 'refused'; readonly at: number } | undefined;
  /** When a settled debit comes back: at a real time, or on a day of the virtual clock. */
  readonly returns?: { readonly at?: number | undefined; readonly on?: string | undefined } | undefined;
  readonly returned_on?: string | undefined;
  readonly callbackTwice?: boolean | undefined;
};

/** One line of the bank's own book: the same amount out of one account and into another. */
export type Movement = {
  readonly id: string;
  readonly kind: 'payout' | 'debit' | 'debit_return' | 'transfer_in' | 'deposit' | 'withdrawal';
  readonly order_id: string;
  readonly value_on: string;
  readonly from: string;
  readonly to: string;
  readonly amount_fen: string;
};

export type Callback = { readonly id: string; readonly body: Readonly<Record<string, string>> };

export const FAULT_MODES = [
  'hang', 'drop_reply', 'http_500', 'refuse', 'processing_then_paid', 'processing_then_refused', 'garbage', 'duplicate_callback', 'late_return',
] as const;
export type FaultMode = (typeof FAULT_MODES)[number];
export type Fault = {
  readonly id: string;
  readonly target: string;
  readonly mode: FaultMode;
  readonly times: number;
  readonly match?: string | undefined;
  readonly delay_ms?: number | undefined;
  readonly after_days?: number | undefined;
};

export type Change =
  | { readonly t: 'clock'; readonly clock: ClockState }
  | { readonly t: 'listener'; readonly url: string; readonly token: string }
  | { readonly t: 'person'; readonly person: Person }
  | { readonly t: 'card_token'; readonly token: string; readonly card_number: string }
  | { readonly t: 'code_used'; readonly code: string }
  | { readonly t: 'answer'; readonly key: string; readonly answer: StoredAnswer }
  | { readonly t: 'message'; readonly message: SmsMessage }
  | { readonly t: 'order'; readonly order: BankOrder }
  | { readonly t: 'movement'; readonly movement: Movement }
  | { readonly t: 'callback'; readonly callback: Callback }
  | { readonly t: 'callback_done'; readonly id: string }
  | { readonly t: 'faults'; readonly faults: Fault[] };

/** The accounts that are no borrower's: the lender's settlement account, and the world beyond this bank. */
export const SETTLEMENT = 'settlement';
export const OUTSIDE = 'outside';

export type Store = {
  readonly world: World;
  commit(...changes: readonly Change[]): void;
  /** Empties the world and its journal. */
  clear(): void;
  /** The virtual day and instant. */
  today(): string;
  now(): number;
  close(): void;
};

export function openStore(journal: Journal<Change>): Store {
  const world = emptyWorld();
  for (const change of journal.read()) apply(world, change);
  return {
    world,
    commit(...changes) {
      journal.append(changes);
      for (const change of changes) apply(world, change);
    },
    clear() {
      journal.clear();
      Object.assign(world, emptyWorld());
    },
    today: () => dayOf(readClock(world.clock, Date.now())),
    now: () => readClock(world.clock, Date.now()),
    close: () => journal.close(),
  };
}

const emptyWorld = (): World => ({
  clock: { running: true, offset_ms: 0 },
  listeners: new Map(),
  persons: new Map(),
  byOpenid: new Map(),
  byCard: new Map(),
  cardOfToken: new Map(),
  usedCodes: new Set(),
  answers: new Map(),
  messages: new Map(),
  orders: new Map(),
  balances: new Map(),
  movements: [],
  callbacks: new Map(),
  faults: [],
});

function apply(world: World, change: Change): void {
  switch (change.t) {
    case 'clock':
      world.clock = change.clock;
      return;
    case 'listener':
      world.listeners.set(change.url, change.token);
      return;
    case 'person':
      world.persons.set(change.person.id_number, change.person);
      world.byOpenid.set(change.person.openid, change.person);
      world.byCard.set(change.person.card_number, change.person);
      return;
    case 'card_token':
      world.cardOfToken.set(change.token, change.card_number);
      return;
    case 'code_used':
      world.usedCodes.add(change.code);
      return;
    case 'answer':
      world.answers.set(change.key, change.answer);
      return;
    case 'message': {
      const kept = world.messages.get(change.message.phone) ?? [];
      kept.push(change.message);
      world.messages.set(change.message.phone, kept);
      return;
    }
    case 'order':
      world.orders.set(change.order.order_id, change.order);
      return;
    case 'movement':
      book(world, change.movement);
      return;
    case 'callback':
      world.callbacks.set(change.callback.id, change.callback);
      return;
    case 'callback_done':
      world.callbacks.delete(change.id);
      return;
    case 'faults':
      world.faults = change.faults;
      return;
    default:
      throw new Error(`a journal line of an unknown kind: ${JSON.stringify(change satisfies never)}`);
  }
}

/** Double entry: what leaves one account reaches the other. */
function book(world: World, movement: Movement): void {
  const amount = BigInt(movement.amount_fen);
  world.balances.set(movement.from, (world.balances.get(movement.from) ?? 0n) - amount);
  world.balances.set(movement.to, (world.balances.get(movement.to) ?? 0n) + amount);
  world.movements.push(movement);
}
