import * as fc from 'fast-check';

const RUNS_MAX = 12;

/** fast-check with few cases a property, the same ones each time and no search for a smaller one: thousands of mutants each run it. */
export const fewerRuns = {
  ...fc,
  assert: (property: Parameters<typeof fc.assert>[0], options: fc.Parameters = {}) =>
    fc.assert(property, { ...options, numRuns: Math.min(options.numRuns ?? RUNS_MAX, RUNS_MAX), seed: options.seed ?? 20_260_930, endOnFailure: true }),
};
