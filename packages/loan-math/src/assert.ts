/** A bug, not a refusal: something that can never be true was. The caller's transaction rolls back. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';

  constructor(sentence: string) {
    super(typeof sentence === 'string' ? sentence : 'what must hold did not');
  }
}

/**
 * States what must hold here.
 *
 * Needs   nothing of its own: any value stands for true or false.
 * Throws  InvariantError with the sentence that did not hold.
 */
export function assert(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new InvariantError(sentence);
}

/** A function was called with what it states it does not take (its `Needs`): says which argument, what it was, and what it may be. */
export class ArgumentError extends RangeError {
  override readonly name = 'ArgumentError';
  /** As a path from the call: `months`, `flows[3].amount`. */
  readonly argument: string;
  readonly value: unknown;
  /** What it may be: `1 to 480`. */
  readonly bound: string;

  constructor(argument: string, value: unknown, bound: string) {
    super(`${clipped(argument)} is ${textOf(value)}: ${clipped(bound)}`);
    this.argument = argument;
    this.value = value;
    this.bound = bound;
  }
}

const TEXT_MAX = 60;
const WORDS_MAX = 400;
const LARGE = 10n ** 60n;

/** A path through members may be long, and words from JavaScript of any type. */
const clipped = (words: unknown): string => (typeof words !== 'string' ? 'something' : words.length > WORDS_MAX ? `${words.slice(0, WORDS_MAX)}…` : words);

/** A few words for any value at all. Never throws, and never takes long. */
function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string': return JSON.stringify(value.length > TEXT_MAX ? `${value.slice(0, TEXT_MAX)}…` : value);
    case 'bigint': return value > LARGE ? 'more than 10^60' : value < -LARGE ? 'less than -10^60' : String(value);
    case 'number': return Object.is(value, -0) ? '-0' : String(value);
    case 'object': return value === null ? 'null' : isList(value) ? `a list of ${value.length}` : 'an object';
    case 'function': return 'a function';
    case 'symbol': return 'a symbol';
    default: return String(value);
  }
}

function isList(value: object): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false; // a revoked proxy
  }
}
