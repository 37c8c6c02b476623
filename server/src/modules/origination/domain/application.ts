import { isoOf, type Instant } from '../../../kernel/instant.ts';
import { ok, refuse, unreachable, type Result } from '../../../kernel/result.ts';
import type { OriginationError } from '../errors.ts';

/** What the person asked for: never changes. */
export type ApplicationRequest = {
  readonly amountFen: bigint;
  readonly months: number;
  readonly method: 'level_installment' | 'level_principal' | 'interest_first' | 'any_time';
  readonly purpose: string;
  readonly isStudent: boolean;
  /** Whole years on the day of application (ILOAN-022). */
  readonly ageYears: number;
  /** First two digits of the id number, null when they name no region: what a funder may ask for (ILOAN-016). */
  readonly region: string | null;
};

type Common = {
  readonly id: string;
  readonly shard: number;
  readonly customerId: string;
  readonly productCode: string;
  readonly request: ApplicationRequest;
  readonly submittedAt: Instant;
};

/**
 * The life of a loan application (C1–C5). Each status carries exactly what is known by then.
 *
 *   submitted ──decide──▶ decided ──make_offer──▶ offered ──identify──▶ identified ──sign──▶ signed ──complete──▶ completed
 *       │                    │                       │                      │                   │
 *       └────────────────────┴─── withdraw, expire, a refusal ──────────────┴───── payout refused ──▶ closed
 */
export type Application = Common & State;

export type State =
  | { readonly status: 'submitted' }
  | ({ readonly status: 'decided' } & Decided)
  | ({ readonly status: 'offered' } & Offered)
  | ({ readonly status: 'identified' } & Identified)
  | ({ readonly status: 'signed' } & Signed)
  | ({ readonly status: 'completed' } & Signed)
  | { readonly status: 'closed'; readonly reason: CloseReason; readonly detail: string | null; readonly decisionId: string | null };

type Decided = { readonly decisionId: string; readonly limitFen: bigint; readonly pricePpm: bigint };
type Offered = Decided & {
  readonly offerId: string;
  readonly sheetHash: string;
  readonly expiresAt: Instant;
  /** Identity checks that failed so far, and what the last one said (C3). */
  readonly failedChecks: number;
  readonly lastCheck: string | null;
};
type Identified = Offered & { readonly cardToken: string; readonly identityCheckId: string };
type Signed = Identified & { readonly contractId: string; readonly loanId: string };

export type Status = State['status'];
export type CloseReason =
  | 'declined' | 'referred' | 'no_lawful_offer' | 'no_funder' | 'identity_failed' | 'withdrawn' | 'expired' | 'payout_refused';

export type Command =
  | ({ readonly type: 'approve' } & Decided)
  | { readonly type: 'turn_down'; readonly reason: 'declined' | 'referred'; readonly decisionId: string }
  | { readonly type: 'make_offer'; readonly offerId: string; readonly sheetHash: string; readonly expiresAt: Instant }
  | { readonly type: 'renew_offer'; readonly replaces: string; readonly offerId: string; readonly sheetHash: string }
  | { readonly type: 'find_no_offer'; readonly reason: 'no_lawful_offer' | 'no_funder'; readonly detail: string }
  | { readonly type: 'identify'; readonly outcome: 'fail'; readonly detail: string }
  | { readonly type: 'identify'; readonly outcome: 'pass'; readonly cardToken: string; readonly identityCheckId: string }
  | { readonly type: 'sign'; readonly contractId: string; readonly loanId: string }
  | { readonly type: 'complete' }
  | { readonly type: 'refuse_payout'; readonly detail: string }
  | { readonly type: 'withdraw'; readonly detail: string | null }
  | { readonly type: 'expire' };

type Moved = Result<Application, OriginationError>;

/** A mistyped card is no crime: so many checks may fail before the application is closed. */
export const IDENTITY_TRIES = 3;

/** Before it ended: of one product a person has one application in these (the unique index says the same). */
export const OPEN_STATUSES = ['submitted', 'decided', 'offered', 'identified', 'signed'] as const;

/** What the application becomes, or why not. Pure: the caller brings the time and saves the result. */
export function advance(app: Application, command: Command, at: Instant): Moved {
  if (app.status === 'completed' || app.status === 'closed') return stageRefusal(app, command.type);
  const notReady = refuse({ code: 'application_not_ready', status: app.status, command: command.type });
  switch (command.type) {
    case 'approve':
    case 'turn_down':
      return app.status === 'submitted' ? decide(app, command) : notReady;
    case 'make_offer':
    case 'find_no_offer':
      return app.status === 'decided' ? offer(app, command) : notReady;
    case 'renew_offer':
      if (app.status !== 'offered' && app.status !== 'identified') return notReady;
      if (at >= app.expiresAt) return expired(app.expiresAt);
      // Of two who renew at once the first offer stands; the other finds it.
      return ok(app.offerId === command.replaces ? { ...app, offerId: command.offerId, sheetHash: command.sheetHash } : app);
    case 'identify':
      if (app.status !== 'offered') return notReady;
      return at >= app.expiresAt ? expired(app.expiresAt) : identify(app, command);
    case 'sign': {
      if (app.status !== 'identified') return stageRefusal(app, command.type);
      if (at >= app.expiresAt) return expired(app.expiresAt);
      return ok({ ...app, status: 'signed', contractId: command.contractId, loanId: command.loanId });
    }
    case 'complete':
      return app.status === 'signed' ? ok({ ...app, status: 'completed' }) : notReady;
    case 'refuse_payout':
      return app.status === 'signed' ? close(app, 'payout_refused', command.detail) : notReady;
    case 'withdraw':
      // Once signed the payout is on its way: it may not be stopped from here, only repaid at once.
      return app.status === 'signed' ? notReady : close(app, 'withdrawn', command.detail);
    case 'expire':
      return (app.status === 'offered' || app.status === 'identified') && at >= app.expiresAt ? close(app, 'expired', null) : notReady;
    default:
      return unreachable(command);
  }
}

/** Why a command does not fit the stage an application is in: it ended (a signed one has nothing more to sign), or the stage before has not. */
export function stageRefusal(app: Application, command: string): Result<never, OriginationError> {
  const hasEnded = app.status === 'closed' || app.status === 'completed' || (app.status === 'signed' && command === 'sign');
  if (!hasEnded) return refuse({ code: 'application_not_ready', status: app.status, command });
  return refuse({ code: 'application_closed', status: app.status, reason: app.status === 'closed' ? app.reason : null });
}

function decide(app: Extract<Application, { status: 'submitted' }>, command: Extract<Command, { type: 'approve' | 'turn_down' }>): Moved {
  if (command.type === 'turn_down') return ok({ ...common(app), status: 'closed', reason: command.reason, detail: null, decisionId: command.decisionId });
  const { decisionId, limitFen, pricePpm } = command;
  return ok({ ...common(app), status: 'decided', decisionId, limitFen, pricePpm });
}

function offer(app: Extract<Application, { status: 'decided' }>, command: Extract<Command, { type: 'make_offer' | 'find_no_offer' }>): Moved {
  if (command.type === 'find_no_offer') return close(app, command.reason, command.detail);
  const { offerId, sheetHash, expiresAt } = command;
  return ok({ ...app, status: 'offered', offerId, sheetHash, expiresAt, failedChecks: 0, lastCheck: null });
}

function identify(app: Extract<Application, { status: 'offered' }>, command: Extract<Command, { type: 'identify' }>): Moved {
  if (command.outcome === 'fail') {
    const failedChecks = app.failedChecks + 1;
    return failedChecks >= IDENTITY_TRIES ? close(app, 'identity_failed', command.detail) : ok({ ...app, failedChecks, lastCheck: command.detail });
  }
  const { cardToken, identityCheckId } = command;
  return ok({ ...app, status: 'identified', cardToken, identityCheckId });
}

const close = (app: Application, reason: CloseReason, detail: string | null): Moved =>
  ok({ ...common(app), status: 'closed', reason, detail, decisionId: 'decisionId' in app ? app.decisionId : null });

const expired = (at: Instant): Result<never, OriginationError> => refuse({ code: 'offer_expired', expired_at: isoOf(at) });

const common = ({ id, shard, customerId, productCode, request, submittedAt }: Application): Common => ({ id, shard, customerId, productCode, request, submittedAt });

/** Statuses that no person has the word in: the program has the next step, so what stays in one of them stopped half-way. */
export const DRIVEN_STATUSES = ['submitted', 'decided', 'signed'] as const;

/** Statuses in which an offer lies open: it can be read, it can run out. */
export type Offering = Extract<Application, { readonly status: 'offered' | 'identified' }>;
export const isOffering = (app: Application): app is Offering => app.status === 'offered' || app.status === 'identified';

/** The offer while it may be taken up, or why not: too early, too late, or run out. */
export function openOffer(app: Application, command: string, at: Instant): Result<Offering, OriginationError> {
  if (!isOffering(app)) return stageRefusal(app, command);
  return at >= app.expiresAt ? expired(app.expiresAt) : ok(app);
}
