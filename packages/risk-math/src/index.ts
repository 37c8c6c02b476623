/** The door of @mingdai/risk-math: the only file others import. */
export * from './assert.ts';
export * from './binning.ts';
export * from './logistic.ts';
export * from './linear.ts';
export * from './metrics.ts';
export * from './plain-logistic.ts';
export * from './scorecard.ts';
export * from './split.ts';
