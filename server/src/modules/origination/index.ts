/** The door of origination: application, offer, signed contract, hand-over to servicing. */
export type { Application, CloseReason } from './domain/application.ts';
export type { Offer } from './domain/offer.ts';
export type { ApplyingError, OriginationError } from './errors.ts';
export { registerOriginationJobs } from './jobs.ts';
export { originationRoutes } from './routes.ts';
export { ORIGINATION_HEARS } from './service/closing.ts';
export type { OriginationDeps } from './service/deps.ts';
export { createOrigination, type ApplicationView, type Origination } from './service/origination.ts';
