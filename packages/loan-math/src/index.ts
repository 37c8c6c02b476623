/** The door of @mingdai/loan-math: the only file others import. */
export * from './allocation.ts';
export * from './assert.ts';
export * from './business-date.ts';
export * from './canonical-json.ts';
export * from './event.ts';
export * from './event-order.ts';
export * from './level-installment.ts';
export * from './money.ts';
export * from './position.ts';
export * from './position-on.ts';
export * from './rate.ts';
export * from './schedule.ts';
export * from './split.ts';
export * from './terms.ts';
export * from './terms-check.ts';
