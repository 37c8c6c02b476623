import type { By } from '../../../kernel/actor.ts';
import type { DomainEvent } from '../../../kernel/event.ts';
import { shardOf } from '../../../kernel/ids.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { Decision } from '../../decisioning/index.ts';
import type { Application } from '../domain/application.ts';
import type { Offer } from '../domain/offer.ts';
import type { OriginationError } from '../errors.ts';
import { applicationsOf, countByOutcome } from '../repository.ts';
import { expireOffers, onEvent, withdraw } from './closing.ts';
import { confirmSheet, openSheet, type ConfirmedSheet, type Confirming, type OpenedSheet } from './cost-sheet.ts';
import { offerOf, own, ownApplication, type Answer, type OriginationDeps } from './deps.ts';
import { driveStopped } from './drive.ts';
import { identify, type IdentityAsked } from './identify.ts';
import { sign, type Signing } from './sign.ts';
import { submit, type Submission } from './submit.ts';

/** An application with the documents it has produced so far. */
export type ApplicationView = { readonly app: Application; readonly decision: Decision | null; readonly offer: Offer | null };

/** From the wish to the signed contract (C1–C5). Every command answers with the application as it then stands. */
export interface Origination {
  submit(customerId: string, submission: Submission, by: By): Answer<ApplicationView>;
  identify(customerId: string, id: string, asked: IdentityAsked): Answer<ApplicationView>;
  openSheet(customerId: string, id: string, by: By): Answer<OpenedSheet>;
  confirmSheet(customerId: string, id: string, asked: Confirming): Answer<ConfirmedSheet>;
  sign(customerId: string, id: string, asked: Signing): Answer<ApplicationView>;
  withdraw(customerId: string, id: string, by: By): Answer<ApplicationView>;
  find(customerId: string, id: string): Promise<Result<ApplicationView, OriginationError>>;
  /** Newest first. */
  list(customerId: string): Promise<readonly ApplicationView[]>;
  /** What servicing tells of the loan, and what origination told of an application that ended. Any number of times. */
  onEvent(event: DomainEvent): Promise<void>;
  /** Drives on what nobody touched for a while. Run by a timer. */
  driveStopped(limit: number, untouchedSeconds?: number): Promise<{ readonly driven: number }>;
  /** Closes the offers that ran out. Run by a timer. */
  expireOffers(limit: number): Promise<{ readonly expired: number }>;
  /** Gives funders back what is held for an application that ended. Run by a job, after the application closed while funders were asked. */
  releaseLate(applicationId: string): Promise<void>;
  /** How many applications stand where. */
  funnel(): ReturnType<typeof countByOutcome>;
}

/** Longer than any stage takes: what was touched since is in somebody's hands. */
const UNTOUCHED_SECONDS = 15;

export function createOrigination(deps: OriginationDeps): Origination {
  const viewed = async (answer: Awaited<Answer<Application>>): Answer<ApplicationView> => (answer.ok ? ok(await view(deps, answer.value)) : answer);
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
    onEvent: (event) => onEvent(deps, event),
    driveStopped: (limit, untouchedSeconds = UNTOUCHED_SECONDS) => driveStopped(deps, limit, untouchedSeconds),
    expireOffers: (limit) => expireOffers(deps, limit),
    releaseLate: (applicationId) => deps.funding.release(applicationId, own(deps)),
    funnel: () => countByOutcome(deps.db),
  };
}

async function view(deps: OriginationDeps, app: Application): Promise<ApplicationView> {
  const [decision, offer] = await Promise.all([
    'decisionId' in app && app.decisionId !== null ? deps.decisioning.find(app.decisionId) : null,
    'offerId' in app ? offerOf(deps, app) : null,
  ]);
  return { app, decision, offer };
}
