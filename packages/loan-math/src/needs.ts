import { ArgumentError } from './assert.ts';

/**
 * The checks of `Needs`: each takes the argument's name as the caller would write it, whatever value came, and its bound, and throws
 * ArgumentError naming the three. The value may be of any type at all: JavaScript callers are not held by ours.
 */

/** A whole number within bounds. A negative zero is none. */
export function needInteger(argument: string, value: unknown, from: number, to: number): asserts value is number {
  if (!Number.isInteger(value) || Object.is(value, -0)) throw new ArgumentError(argument, value, `a whole number, ${from} to ${to}`);
  if ((value as number) < from || (value as number) > to) throw new ArgumentError(argument, value, `${from} to ${to}`);
}

/** A bigint within bounds. */
export function needBigint(argument: string, value: unknown, from: bigint, to: bigint): asserts value is bigint {
  if (typeof value !== 'bigint') throw new ArgumentError(argument, value, `a bigint, ${from} to ${to}`);
  if (value < from || value > to) throw new ArgumentError(argument, value, `${from} to ${to}`);
}

/** A bigint of any size. */
export function needWhole(argument: string, value: unknown): asserts value is bigint {
  if (typeof value !== 'bigint') throw new ArgumentError(argument, value, 'a bigint');
}

/** One of a few words. */
export function needOneOf<T extends string>(argument: string, value: unknown, words: readonly T[]): asserts value is T {
  if (!(words as readonly unknown[]).includes(value)) throw new ArgumentError(argument, value, `one of ${words.join(', ')}`);
}

/** A text of at most so many characters. */
export function needText(argument: string, value: unknown, most: number): asserts value is string {
  if (typeof value !== 'string') throw new ArgumentError(argument, value, `a text of at most ${most} characters`);
  if (value.length > most) throw new ArgumentError(argument, value, `at most ${most} characters`);
}

/** True or false. */
export function needBoolean(argument: string, value: unknown): asserts value is boolean {
  if (typeof value !== 'boolean') throw new ArgumentError(argument, value, 'true or false');
}

/** A list of at most so many entries. What they hold is for the caller to check, gaps included. */
export function needList(argument: string, value: unknown, most: number): asserts value is readonly unknown[] {
  if (!isList(value)) throw new ArgumentError(argument, value, `a list of at most ${most}`);
  if (value.length > most) throw new ArgumentError(argument, value, `at most ${most} entries`);
}

/** An object with members: no list, no function, nothing. */
export function needObject(argument: string, value: unknown): asserts value is object {
  if (typeof value !== 'object' || value === null || isList(value)) throw new ArgumentError(argument, value, 'an object');
}

/** A function. */
export function needFunction(argument: string, value: unknown): void {
  if (typeof value !== 'function') throw new ArgumentError(argument, value, 'a function');
}

function isList(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false; // a revoked proxy
  }
}
