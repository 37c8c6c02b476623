import type { By } from '../../../kernel/actor.ts';
import { shardOf } from '../../../kernel/ids.ts';
import type { DomainEvent } from '../../../kernel/event.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { FunnelRefusal } from '../../../platform/tx.ts';
import type { Decision } from '../../decisioning/index.ts';
import type { Application } from '../domain/application.ts';
import type { Offer } from '../domain/offer.ts';
import type { ApplyingError, OriginationError } from '../errors.ts';
import { applicationsOf, countByOutcome, findApplication } from '../repository.ts';
import { move, own, type OriginationDeps } from './deps.ts';
import { driveStopped, expireOffers } from './drive.ts';
import { confirmSheet, identify, offerFor, openSheet, ownApplication, sign, withdraw, type ConfirmedSheet, type OpenedSheet } from './stages.ts';
import { submit, type Submission } from './submit.ts';

type Answer<T> = Promise<Result<T, ApplyingError | FunnelRefusal>>;

/** An application with the documents it has produced so far. */
export type ApplicationView = { readonly app: Application; readonly decision: Decision | null; readonly offer: Offer | null };

/** From the wish to the signed contract (C1–C5). Every command answers with the application as it then stands. */
export interface Origination {
  submit(customerId: string, submission: Submission, by: By): Answer<ApplicationView>;
  identify(customerId: string, id: string, asked: { readonly cardNumber: string; readonly faceTicket: string; readonly by: By }): Answer<ApplicationView>;
  openSheet(customerId: string, id: string, by: By): Answer<OpenedSheet>;
  confirmSheet(customerId: string, id: string, asked: { readonly sheetHash: string; readonly by: By }): Answer<ConfirmedSheet>;
  sign(customerId: string, id: string, asked: { readonly sheetHash: string; readonly by: By }): Answer<ApplicationView>;
  withdraw(customerId: string, id: string, by: By): Answer<ApplicationView>;
  find(customerId: string, id: string): Promise<Result<ApplicationView, OriginationError>>;
  list(customerId: string): Promise<readonly ApplicationView[]>;
  /** What servicing tells: the money arrived, or the loan was cancelled. Any number of times. */
  onLoanEvent(event: DomainEvent): Promise<void>;
  driveStopped(limit: number, untouchedSeconds?: number): Promise<{ readonly driven: number }>;
  expireOffers(limit: number): Promise<{ readonly expired: number }>;
  funnel(): ReturnType<typeof countByOutcome>;
}

/** Longer than any stage takes: what was touched since is in somebody's hands. */
const UNTOUCHED_SECONDS = 15;

export function createOrigination(deps: OriginationDeps): Origination {
  const viewed = async (answer: Result<Application, ApplyingError | FunnelRefusal>): Answer<ApplicationView> => (answer.ok ? ok(await view(deps, answer.value)) : answer);
  return {
    submit: async (customerId, submission, by) => viewed(await submit(deps, customerId, submission, by)),
    identify: async (customerId, id, asked) => viewed(await identify(deps, customerId, id, asked)),
    openSheet: (customerId, id, by) => openSheet(deps, customerId, id, by),
    confirmSheet: (customerId, id, asked) => confirmSheet(deps, customerId, id, asked),
    sign: async (customerId, id, asked) => viewed(await sign(deps, customerId, id, asked)),
    withdraw: async (customerId, id, by) => viewed(await withdraw(deps, customerId, id, by)),
    find: async (customerId, id) => {
      const found = await ownApplication(deps, customerId, id);
      return found.ok ? ok(await view(deps, found.value)) : found;
    },
    list: async (customerId) => Promise.all((await applicationsOf(deps.db, shardOf(customerId), customerId)).map((app) => view(deps, app))),
    onLoanEvent: (event) => onLoanEvent(deps, event),
    driveStopped: (limit, untouchedSeconds = UNTOUCHED_SECONDS) => driveStopped(deps, limit, untouchedSeconds),
    expireOffers: (limit) => expireOffers(deps, limit),
    funnel: () => countByOutcome(deps.db),
  };
}

async function view(deps: OriginationDeps, app: Application): Promise<ApplicationView> {
  const decisionId = 'decisionId' in app ? app.decisionId : null;
  const [decision, offer] = await Promise.all([decisionId === null ? null : deps.decisioning.find(decisionId), offerFor(deps, app)]);
  return { app, decision, offer };
}

async function onLoanEvent(deps: OriginationDeps, event: DomainEvent): Promise<void> {
  const id = event.payload['application_id'];
  const kept = typeof id === 'string' ? await findApplication(deps.db, id) : null;
  if (kept === null || kept.app.status !== 'signed') return;
  const by: By = { ...own(deps), key: event.id };
  if (event.type === 'loan_activated') {
    await deps.funding.markLent(kept.app.id, by);
    await move(deps, kept.app, { type: 'complete' }, { by });
  }
  if (event.type !== 'loan_cancelled') return;
  const moved = await move(deps, kept.app, { type: 'refuse_payout', detail: String(event.payload['reason'] ?? 'payout refused') }, { by });
  if (moved.ok) await deps.funding.release(kept.app.id, by);
}
