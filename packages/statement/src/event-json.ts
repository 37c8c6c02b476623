import type { Bucket, BusinessDate, Component, LoanEvent, LoanEventKind, PrepaymentEffect } from '@mingdai/loan-math';
import { amountFrom, boolean, code, day, field, instant, nullable, oneOf, rate, readOwn, record, text, whole, type Codec, type Field, type Fields } from './codec.ts';
import { isObject, memberPath, type Json } from './json-text.ts';
import { rule, say } from './words.ts';

type EventOf<K extends LoanEventKind> = Extract<LoanEvent, { kind: K }>;
type Common = Pick<LoanEvent, 'id' | 'sequence' | 'valueOn' | 'bookedAt'>;
type PayloadOf<K extends LoanEventKind> = Omit<EventOf<K>, keyof Common | 'kind'>;

const SEQUENCE_MAX = 1_000_000_000;
const anAmount = field('amount_fen', amountFrom(1n));

/** What each kind says beside its days. A kind that is added to the type and not here does not compile. */
const PAYLOADS: { readonly [K in LoanEventKind]: Fields<PayloadOf<K>> } = {
  disbursed: { amount: anAmount },
  cancelled: {},
  repayment_received: { amount: anAmount },
  repayment_reversed: { reverses: field('reverses', code(200)) },
  prepaid: { amount: anAmount, effect: field('effect', oneOf<PrepaymentEffect>('settle', 'shorter_term', 'smaller_installment')) },
  overpayment_refunded: { amount: anAmount },
  fee_charged: { amount: anAmount, fee: field('fee', text(100)) },
  waived: { component: field('component', oneOf<Exclude<Component, 'principal'>>('fee', 'penalty', 'interest')), amount: anAmount },
  charged_off: {},
  recovered: { amount: anAmount },
  rate_changed: { rate: field('rate_ppm', rate), penaltyRate: field('penalty_rate_ppm', nullable(rate)) },
  rescheduled: { months: field('months', whole(0, 1_000_000)), dueDay: field('due_day', nullable(whole(0, 1_000_000))), includesOverdue: field('includes_overdue', boolean) },
  paused: { until: field('until', day), interest: field('interest', oneOf<'runs' | 'stops'>('runs', 'stops')) },
  resumed: {},
  fell_due: { installment: field('installment', whole(1, 1_000_000)) },
  crossed_bucket: { to: field('to', oneOf<Bucket>('current', 'M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7+')) },
};

const KINDS = Object.keys(PAYLOADS) as LoanEventKind[];
const payloadCodecs = new Map<string, Codec<object>>(KINDS.map((kind) => [kind, record(PAYLOADS[kind] as Fields<object>)]));

const kindField: Field<LoanEventKind> = field('kind', oneOf<LoanEventKind>(...KINDS));
const anyPayload: Codec<Json> = { write: (value) => value, read: (value) => value };
const shell = record<Common & { readonly kind: LoanEventKind; readonly payload: Json }>({
  id: field('id', code(200)),
  sequence: field('sequence', whole(1, SEQUENCE_MAX)),
  kind: kindField,
  valueOn: field('value_on', day),
  bookedAt: field('booked_at', instant),
  payload: field('payload', anyPayload),
});

/** An event in JSON: what every event says, and under `payload` what its kind says. */
export const eventCodec: Codec<LoanEvent> = {
  write: (event) => shell.write({ id: event.id, sequence: event.sequence, kind: event.kind, valueOn: event.valueOn, bookedAt: event.bookedAt, payload: payloadToJson(event) as Json }),
  read(value, path, problems) {
    const common = shell.read(value, path, problems);
    // What the payload must be follows from the kind alone: it is read even when another member is wrong.
    const kind = isObject(value) ? value['kind'] : undefined;
    const codec = typeof kind === 'string' ? payloadCodecs.get(kind) : undefined;
    const payload = isObject(value) ? value['payload'] : undefined;
    const read = codec === undefined || payload === undefined ? undefined : codec.read(payload, memberPath(path, 'payload'), problems);
    if (common === undefined || read === undefined) return undefined;
    const { payload: _, ...rest } = common;
    return { ...rest, ...read } as LoanEvent;
  },
};

/** The members of an event that its kind has, as plain JSON: amounts are decimal strings. */
export type EventPayload = Readonly<Record<string, string | number | boolean | null>>;

export type EventJson = {
  readonly id: string;
  readonly sequence: number;
  readonly kind: LoanEventKind;
  readonly value_on: string;
  readonly booked_at: string;
  readonly payload: EventPayload;
};

export const eventToJson = (event: LoanEvent): EventJson => eventCodec.write(event) as unknown as EventJson;

/**
 * Reads what `eventToJson` wrote.
 *
 * Throws  RangeError naming the member that is not as it writes.
 * Source  docs/specs/statement.md §3.
 */
export const eventFromJson = (json: unknown): LoanEvent => readOwn(eventCodec, json as Json, 'event');

export function payloadToJson(event: LoanEvent): EventPayload {
  const codec = payloadCodecs.get(event.kind);
  if (codec === undefined) throw new RangeError(`${event.kind}: ${say.needs(rule.oneOf(KINDS), event.kind).en}`);
  return codec.write(event) as EventPayload;
}

/** An event from what every event says, kept in columns of a table, and the payload of its kind. Throws RangeError as `eventFromJson`. */
export function eventFromPayload(common: Common & { readonly kind: LoanEventKind; readonly valueOn: BusinessDate }, payload: unknown): LoanEvent {
  const codec = payloadCodecs.get(common.kind);
  if (codec === undefined) throw new RangeError(say.needs(rule.oneOf(KINDS), common.kind).en);
  return { ...common, ...readOwn(codec, payload as Json, 'payload') } as LoanEvent;
}
