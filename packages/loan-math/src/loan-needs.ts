import { ArgumentError } from './assert.ts';
import { needDay } from './calendar.ts';
import type { LoanEvent } from './event.ts';
import { needBoolean, needInteger, needList, needObject, needOneOf, needText, needWhole } from './needs.ts';
import type { LoanFee, LoanTerms } from './terms.ts';

/**
 * What callers of JavaScript may get wrong about terms and events: members of another kind than their types say. Whether a loan can have
 * such terms and events is for `validateTerms` and `checkEvents`.
 */

/** A loan of forty years of weekly payments, and as many markers. */
export const EVENTS_MAX = 10_000;
/** What is told step by step is computed anew at every step: a thousand take seconds. */
export const TOLD_MAX = 1000;
const WORD_MAX = 1000;
const CALENDAR_MAX = 10_000;
const FEES_MAX = 1000;
const ORDER_MAX = 100;

/** Every member of terms is of its kind. */
export function needTerms(terms: unknown): asserts terms is LoanTerms {
  if (isPlainTerms(terms)) return;
  needObject('terms', terms);
  const given = terms as LoanTerms;
  for (const key of ['principal', 'rate', 'penaltyRate'] as const) needWhole(`terms.${key}`, given[key]);
  for (const key of ['months', 'graceDays'] as const) needNumber(`terms.${key}`, given[key]);
  for (const key of ['termDays', 'dueDay'] as const) if (given[key] !== null) needNumber(`terms.${key}`, given[key]);
  for (const key of ['method', 'basis', 'allocationScope'] as const) needText(`terms.${key}`, given[key], WORD_MAX);
  needBoolean('terms.graceCountsBack', given.graceCountsBack);
  needTexts('terms.allocationOrder', given.allocationOrder);
  for (const key of ['graceOnPrincipal', 'graceOnInterest', 'interestFree', 'firstPeriodDaysMin'] as const) if (given[key] !== undefined) needNumber(`terms.${key}`, given[key]);
  if (given.penaltyOn !== undefined) needText('terms.penaltyOn', given.penaltyOn, WORD_MAX);
  if (given.dueRoll !== undefined) needRoll(given.dueRoll);
  if (given.fees !== undefined) needFees(given.fees);
}

/** The terms of most loans, and no more than that: asked about at every turn. */
function isPlainTerms(terms: unknown): boolean {
  if (typeof terms !== 'object' || terms === null) return false;
  const { principal, rate, penaltyRate, months, graceDays, termDays, dueDay, method, basis, allocationScope, allocationOrder, graceCountsBack, ...more } = terms as LoanTerms;
  for (const key in more) if (more[key as keyof typeof more] !== undefined) return false;
  return (
    typeof principal === 'bigint' && typeof rate === 'bigint' && typeof penaltyRate === 'bigint' && typeof months === 'number' && typeof graceDays === 'number' &&
    (termDays === null || typeof termDays === 'number') && (dueDay === null || typeof dueDay === 'number') && typeof graceCountsBack === 'boolean' &&
    isWord(method) && isWord(basis) && isWord(allocationScope) && Array.isArray(allocationOrder) && allocationOrder.length <= ORDER_MAX && isAllWords(allocationOrder)
  );
}

const isWord = (value: unknown): boolean => typeof value === 'string' && value.length <= WORD_MAX;

function isAllWords(list: readonly unknown[]): boolean {
  for (let index = 0; index < list.length; index++) if (!isWord(list[index])) return false;
  return true;
}

function needNumber(argument: string, value: unknown): void {
  if (typeof value !== 'number') throw new ArgumentError(argument, value, 'a number');
}

function needTexts(argument: string, list: unknown): void {
  needList(argument, list, ORDER_MAX);
  for (let index = 0; index < list.length; index++) needText(`${argument}[${index}]`, list[index], WORD_MAX);
}

function needRoll(roll: NonNullable<LoanTerms['dueRoll']>): void {
  needObject('terms.dueRoll', roll);
  needText('terms.dueRoll.rule', roll.rule, WORD_MAX);
  needObject('terms.dueRoll.calendar', roll.calendar);
  const { name, from, through, closed, working } = roll.calendar;
  needText('terms.dueRoll.calendar.name', name, WORD_MAX);
  needNumber('terms.dueRoll.calendar.from', from);
  needNumber('terms.dueRoll.calendar.through', through);
  for (const [key, days] of [['closed', closed], ['working', working]] as const) {
    needList(`terms.dueRoll.calendar.${key}`, days, CALENDAR_MAX);
    for (let index = 0; index < days.length; index++) if (typeof days[index] !== 'number') needNumber(`terms.dueRoll.calendar.${key}[${index}]`, days[index]);
  }
}

function needFees(fees: readonly LoanFee[]): void {
  needList('terms.fees', fees, FEES_MAX);
  for (let index = 0; index < fees.length; index++) {
    const [name, fee] = [`terms.fees[${index}]`, fees[index] as LoanFee | undefined];
    needObject(name, fee);
    needText(`${name}.code`, fee!.code, WORD_MAX);
    needText(`${name}.when`, fee!.when, WORD_MAX);
    if (fee!.amount !== undefined) needWhole(`${name}.amount`, fee!.amount);
    if (fee!.ratePpm !== undefined) needWhole(`${name}.ratePpm`, fee!.ratePpm);
  }
}

/** Every event is of a kind there is, on a day, and its members are of theirs. */
export function needEvents(argument: string, events: unknown, most: number = EVENTS_MAX): asserts events is readonly LoanEvent[] {
  needList(argument, events, most);
  for (let index = 0; index < events.length; index++) if (!isPlainEvent(events[index])) needEvent(`${argument}[${index}]`, events[index]);
}

/** The events of most loans: asked about at every turn. */
function isPlainEvent(event: unknown): boolean {
  if (typeof event !== 'object' || event === null) return false;
  const { id, sequence, valueOn, bookedAt, kind, amount } = event as LoanEvent & { readonly amount: unknown };
  if (typeof id !== 'string' || id.length > WORD_MAX || typeof sequence !== 'number' || !Number.isInteger(valueOn) || valueOn > DAY_NEAR || valueOn < 1) return false;
  if (!Number.isInteger(bookedAt) || Object.is(bookedAt, -0)) return false;
  return (kind === 'disbursed' || kind === 'repayment_received') && typeof amount === 'bigint';
}

const DAY_NEAR = 100_000;
/** As far as a Date reaches, in milliseconds. */
const INSTANT_MAX = 8_640_000_000_000_000;

/** The kinds of events there are. */
export const KINDS: readonly LoanEvent['kind'][] = [
  'disbursed', 'cancelled', 'repayment_received', 'repayment_reversed', 'prepaid', 'overpayment_refunded', 'fee_charged', 'waived', 'charged_off', 'recovered', 'rate_changed', 'rescheduled', 'paused', 'resumed',
  'fell_due', 'crossed_bucket',
];

/** One event, as `needEvents`. */
export function needEvent(name: string, value: unknown): asserts value is LoanEvent {
  needObject(name, value);
  const event = value as LoanEvent;
  needText(`${name}.id`, event.id, WORD_MAX);
  needNumber(`${name}.sequence`, event.sequence);
  needDay(`${name}.valueOn`, event.valueOn);
  needInteger(`${name}.bookedAt`, event.bookedAt, -INSTANT_MAX, INSTANT_MAX);
  needOneOf(`${name}.kind`, event.kind, KINDS);
  if ('amount' in event) needWhole(`${name}.amount`, event.amount);
  switch (event.kind) {
    case 'disbursed': case 'repayment_received': case 'overpayment_refunded': case 'recovered': return needWhole(`${name}.amount`, event.amount);
    case 'repayment_reversed': return needText(`${name}.reverses`, event.reverses, WORD_MAX);
    case 'prepaid':
      needWhole(`${name}.amount`, event.amount);
      return needOneOf(`${name}.effect`, event.effect, ['settle', 'shorter_term', 'smaller_installment']);
    case 'fee_charged':
      needWhole(`${name}.amount`, event.amount);
      return needText(`${name}.fee`, event.fee, WORD_MAX);
    case 'waived':
      needWhole(`${name}.amount`, event.amount);
      return needOneOf(`${name}.component`, event.component, ['fee', 'penalty', 'interest']);
    case 'rate_changed':
      needWhole(`${name}.rate`, event.rate);
      return event.penaltyRate === null ? undefined : needWhole(`${name}.penaltyRate`, event.penaltyRate);
    case 'rescheduled':
      needNumber(`${name}.months`, event.months);
      if (event.dueDay !== null) needNumber(`${name}.dueDay`, event.dueDay);
      return needBoolean(`${name}.includesOverdue`, event.includesOverdue);
    case 'paused':
      needDay(`${name}.until`, event.until);
      return needOneOf(`${name}.interest`, event.interest, ['runs', 'stops']);
    case 'cancelled': case 'charged_off': case 'resumed': case 'fell_due': case 'crossed_bucket':
      return undefined;
  }
}

/** A place in the order in which we learned of events. */
export function needSequence(argument: string, sequence: unknown): void {
  needInteger(argument, sequence, 1, Number.MAX_SAFE_INTEGER);
}

/** How much was known: a sequence number, from 0 on. */
export function needKnown(knownThrough: unknown): void {
  needInteger('knownThrough', knownThrough, 0, Number.MAX_SAFE_INTEGER);
}
