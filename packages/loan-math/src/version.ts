/**
 * Which arithmetic this is: it moves on when the same contract and events would give another figure, and only then.
 * A signed statement names it, so that nobody recomputes with other rules than it was made by.
 */
export const ARITHMETIC_VERSION = '1';
