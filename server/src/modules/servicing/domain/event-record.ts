import { businessDateOf, fen, type BusinessDate, type LoanEvent, type LoanEventKind } from '@mingdai/loan-math';

/** What a loan event says beside its kind and days, as plain JSON. Amounts are decimal strings. */
export type EventPayload = Readonly<Record<string, string | number>>;

export type EventRecord = {
  readonly sequence: number;
  readonly id: string;
  readonly kind: LoanEventKind;
  readonly valueOn: BusinessDate;
  readonly bookedAt: number;
  readonly payload: EventPayload;
};

/** `disbursed {amount: 100n}` → `{amount_fen: '100'}` and so on: the other fields of each kind are text or numbers already. */
export function eventToRecord(event: LoanEvent): EventRecord {
  const { id, sequence, kind, valueOn, bookedAt, ...rest } = event;
  const payload: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (typeof value === 'bigint') payload[`${name}_fen`] = value.toString();
    else payload[name] = value as string | number;
  }
  return { id, sequence, kind, valueOn, bookedAt, payload };
}

/** Reads what `eventToRecord` wrote. */
export function eventFromRecord(record: EventRecord): LoanEvent {
  const { payload, ...common } = record;
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(payload)) {
    if (name.endsWith('_fen')) rest[name.slice(0, -4)] = fen(BigInt(value));
    else rest[name] = value;
  }
  return { ...common, valueOn: businessDateOf(common.valueOn), ...rest } as LoanEvent;
}
