import { walk } from './account-lines-walk.ts';
import { formatDate, type BusinessDate } from './business-date.ts';
import type { LoanEvent } from './event.ts';
import { eventsThatCount } from './event-order.ts';
import { checkEvents, type EventsRefusal } from './events-check.ts';
import { needDay } from './calendar.ts';
import { needValidTerms } from './terms-needs.ts';
import { needEvents, TOLD_MAX } from './loan-needs.ts';
import { fen, type Fen } from './money.ts';
import { positionOn } from './position-on.ts';
import type { Position } from './position.ts';
import { causesOf } from './replay-causes.ts';
import { amountWhy } from './replay-why.ts';
import { factWhy } from './replay-facts.ts';
import type { Compared, FactName, FactValue, NetAmount, NetComponent, NetFact, Side } from './replay-net.ts';
import { changedRows } from './replay-rows.ts';
import type { LoanTerms } from './terms.ts';

export type { ChangedRow, FactName, FactValue, NetAmount, NetComponent, NetFact } from './replay-net.ts';

export type Replay = {
  readonly ok: true;
  readonly before: Position;
  readonly after: Position;
  /** Only what changes; change = after − before. */
  readonly net: readonly NetAmount[];
  readonly facts: readonly NetFact[];
};

/**
 * What adding events (back-dated ones, reversals) changes on a day, with the reason for each difference.
 *
 * Units    fen.
 * Keeps    change = after − before, exactly; the order in which events are listed is of no matter.
 * Needs    terms that `validateTerms` accepts; at most 1,000 events, those added among them: every step is computed anew; members of their
 *          types, as `checkEvents`; `on` in the years 1 to 9999.
 * Refuses  what `checkEvents` refuses of all events together, or of `events` alone: nothing that no command could have made is replayed.
 * Throws   ArgumentError outside `Needs`.
 * Source   docs/specs/replay.md.
 */
export function replay(terms: LoanTerms, events: readonly LoanEvent[], added: readonly LoanEvent[], on: BusinessDate): Replay | { readonly ok: false; readonly error: EventsRefusal } {
  needValidTerms(terms);
  needEvents('events', events, TOLD_MAX);
  needEvents('added', added, TOLD_MAX - events.length);
  needDay('on', on);
  const all = [...events, ...added];
  for (const list of [all, events]) {
    const check = checkEvents(terms, list);
    if (!check.ok) return check;
  }
  const [before, after] = [sideOf(terms, events, on), sideOf(terms, all, on)];
  const causes = causesOf(events, added, on);
  return { ok: true, before: before.position, after: after.position, net: netOf({ before, after, causes }), facts: factsOf({ before, after, causes }) };
}

function sideOf(terms: LoanTerms, events: readonly LoanEvent[], on: BusinessDate): Side {
  const counting = eventsThatCount(events, on, Number.MAX_SAFE_INTEGER);
  const isBegun = counting[0] !== undefined && counting[0].kind !== 'cancelled';
  return { position: positionOn(terms, events, on), book: isBegun ? walk(terms, counting, on, () => undefined) : null };
}

function netOf(compared: Compared): readonly NetAmount[] {
  const [was, is] = [amountsOf(compared.before.position), amountsOf(compared.after.position)];
  const net: NetAmount[] = [];
  for (const component of Object.keys(is) as NetComponent[]) {
    const change = is[component] - was[component];
    if (change === 0n) continue;
    const rows = changedRows(compared, component);
    const amount = { component, before: was[component], after: is[component], change: fen(change), rows };
    net.push({ ...amount, why: amountWhy(compared, amount) });
  }
  return net;
}

/** Every amount of a position by its name. */
export function amountsOf({ totals, due, principalOutstanding, principalOverdue }: Position): Readonly<Record<NetComponent, Fen>> {
  return { ...totals, principalOutstanding, principalOverdue, dueFee: due.fee, duePenalty: due.penalty, dueInterest: due.interest, duePrincipal: due.principal, due: due.total };
}

function factsOf(compared: Compared): readonly NetFact[] {
  const [was, is] = [namedFacts(compared.before.position), namedFacts(compared.after.position)];
  const facts: NetFact[] = [];
  for (const fact of Object.keys(is) as FactName[]) {
    if (was[fact] !== is[fact]) facts.push({ fact, before: was[fact], after: is[fact], why: factWhy(compared, fact) });
  }
  return facts;
}

function namedFacts({ status, settledOn, daysPastDue, bucket, isInGrace, nextDueOn }: Position): Readonly<Record<FactName, FactValue>> {
  const dayOf = (day: BusinessDate | null): string | null => (day === null ? null : formatDate(day));
  return { status, settledOn: dayOf(settledOn), daysPastDue, bucket, isInGrace, nextDueOn: dayOf(nextDueOn) };
}
