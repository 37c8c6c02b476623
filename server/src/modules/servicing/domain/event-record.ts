import { businessDateOf, type BusinessDate, type LoanEvent, type LoanEventKind } from '@mingdai/loan-math';
import { eventFromPayload, payloadToJson, type EventPayload } from '@mingdai/statement/json';

export type { EventPayload };

/** An event as its row holds it: what every event says, and the payload of its kind as plain JSON. */
export type EventRecord = {
  readonly sequence: number;
  readonly id: string;
  readonly kind: LoanEventKind;
  readonly valueOn: BusinessDate;
  readonly bookedAt: number;
  readonly payload: EventPayload;
};

/** `disbursed {amount: 100n}` → `{amount_fen: '100'}` and so on. */
export function eventToRecord(event: LoanEvent): EventRecord {
  const { id, sequence, kind, valueOn, bookedAt } = event;
  return { id, sequence, kind, valueOn, bookedAt, payload: payloadToJson(event) };
}

/** Reads what `eventToRecord` wrote. Throws RangeError when it is something else. */
export function eventFromRecord({ payload, ...common }: EventRecord): LoanEvent {
  return eventFromPayload({ ...common, valueOn: businessDateOf(common.valueOn) }, payload);
}
