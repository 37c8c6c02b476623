import type { CostFlows } from './annual-cost-flows.ts';
import { ArgumentError } from './assert.ts';
import { DAYS_MAX, DAYS_MIN, needDay } from './calendar.ts';
import { needBigint, needInteger, needList, needObject } from './needs.ts';
import { FEN_MAX } from './money.ts';

/** Thirty years of days, in one loan: a search over more takes longer than a second. */
export const FLOWS_MAX = 10_000;
/** Any amount of any currency, in any unit: what floating point can still seed a search with. */
export const AMOUNT_MAX = 10n ** 100n;
const LATEST = 1_000_000_000;
/** A hundred years of months, as payments of one loan. */
const PAYMENTS_MAX = 1200;

// A name is put together only for what is refused: most lists are right, and are asked about often.

/** Flows at whole periods from 0 to 10^9. */
export function needFlows(flows: unknown): void {
  needList('flows', flows, FLOWS_MAX);
  for (let index = 0; index < flows.length; index++) {
    const flow = flows[index] as { readonly at: unknown; readonly amount: unknown } | undefined;
    if (typeof flow === 'object' && flow !== null && isWithin(flow.at, 0, LATEST) && isAmount(flow.amount)) continue;
    needObject(`flows[${index}]`, flow);
    needInteger(`flows[${index}].at`, flow!.at, 0, LATEST);
    needBigint(`flows[${index}].amount`, flow!.amount, -AMOUNT_MAX, AMOUNT_MAX);
  }
}

/** Flows on days. */
export function needDatedFlows(flows: unknown): void {
  needList('flows', flows, FLOWS_MAX);
  for (let index = 0; index < flows.length; index++) {
    const flow = flows[index] as { readonly on: unknown; readonly amount: unknown } | undefined;
    if (typeof flow === 'object' && flow !== null && isWithin(flow.on, DAYS_MIN, DAYS_MAX) && isAmount(flow.amount)) continue;
    needObject(`flows[${index}]`, flow);
    needDay(`flows[${index}].on`, flow!.on);
    needBigint(`flows[${index}].amount`, flow!.amount, -AMOUNT_MAX, AMOUNT_MAX);
  }
}

/** Amounts, one a period. */
export function needAmounts(amounts: unknown): void {
  needList('amounts', amounts, FLOWS_MAX);
  for (let index = 0; index < amounts.length; index++) if (!isAmount(amounts[index])) needBigint(`amounts[${index}]`, amounts[index], -AMOUNT_MAX, AMOUNT_MAX);
}

/** What a borrower gets and pays: payments in order of their days, none before the first. */
export function needCostFlows(flows: unknown): asserts flows is CostFlows {
  needObject('flows', flows);
  const { received, receivedOn, payments } = flows as CostFlows;
  needBigint('flows.received', received, -FEN_MAX, FEN_MAX);
  needDay('flows.receivedOn', receivedOn);
  needList('flows.payments', payments, PAYMENTS_MAX);
  let last: number = receivedOn;
  for (let index = 0; index < payments.length; index++) {
    const payment = payments[index];
    if (typeof payment !== 'object' || payment === null || !isWithin(payment.dueOn, last, DAYS_MAX) || !isFen(payment.principal) || !isFen(payment.charges)) refusePayment(`flows.payments[${index}]`, payment, last);
    last = payment!.dueOn;
  }
}

function refusePayment(name: string, payment: unknown, last: number): never {
  needObject(name, payment);
  const { dueOn, principal, charges } = payment as CostFlows['payments'][number];
  needDay(`${name}.dueOn`, dueOn);
  needBigint(`${name}.principal`, principal, -FEN_MAX, FEN_MAX);
  needBigint(`${name}.charges`, charges, -FEN_MAX, FEN_MAX);
  throw new ArgumentError(`${name}.dueOn`, dueOn, `on or after the one before, ${last}`);
}

const isWithin = (value: unknown, from: number, to: number): boolean => typeof value === 'number' && value >= from && value <= to && Number.isInteger(value) && !Object.is(value, -0);
const isAmount = (value: unknown): boolean => typeof value === 'bigint' && value >= -AMOUNT_MAX && value <= AMOUNT_MAX;
const isFen = (value: unknown): boolean => typeof value === 'bigint' && value >= -FEN_MAX && value <= FEN_MAX;
