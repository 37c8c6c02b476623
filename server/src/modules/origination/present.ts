import type { ApplicationReply, SheetOpeningReply } from '@mingdai/contract';
import { presentFen, presentInstant, presentPpm } from '../../platform/http.ts';
import type { Decision, PriceExplanation } from '../decisioning/index.ts';
import { IDENTITY_TRIES, type Application } from './domain/application.ts';
import type { Offer } from './domain/offer.ts';
import type { OpenedSheet } from './service/cost-sheet.ts';
import type { ApplicationView } from './service/origination.ts';

/** An application as the borrower's page sees it. */
export function presentApplication({ app, decision, offer }: ApplicationView): ApplicationReply {
  const { request } = app;
  return {
    id: app.id,
    status: app.status === 'decided' ? 'submitted' : app.status,
    product_code: app.productCode,
    amount_fen: presentFen(request.amountFen),
    months: request.months,
    method: request.method,
    purpose: request.purpose,
    submitted_at: presentInstant(app.submittedAt),
    waiting_for: waitingFor(app),
    decision: decision === null ? null : presentDecision(decision),
    offer: offer === null ? null : presentOffer(app, offer),
    identity: identityOf(app),
    contract_id: 'contractId' in app ? app.contractId : null,
    loan_id: 'loanId' in app ? app.loanId : null,
    close_reason: app.status === 'closed' ? app.reason : null,
  };
}

/** Whose answer is outstanding: the program asks again by itself. */
function waitingFor({ status }: Application): string | null {
  if (status === 'submitted') return 'evidence';
  if (status === 'decided') return 'funders';
  return status === 'signed' ? 'bank' : null;
}

function identityOf(app: Application): ApplicationReply['identity'] {
  if ('cardToken' in app) return { outcome: 'pass', reasons: [], tries_left: 0 };
  if (app.status === 'closed' && app.reason === 'identity_failed') return { outcome: 'fail', reasons: app.detail?.split(', ') ?? [], tries_left: 0 };
  if (app.status !== 'offered' || app.failedChecks === 0) return null;
  return { outcome: 'fail', reasons: app.lastCheck?.split(', ') ?? [], tries_left: IDENTITY_TRIES - app.failedChecks };
}

const presentDecision = (decision: Decision): NonNullable<ApplicationReply['decision']> => ({
  id: decision.id,
  outcome: decision.outcome,
  limit_fen: decision.limitFen === null ? null : presentFen(decision.limitFen),
  reasons: decision.reasons.map(({ code, kind, name, row, value, bound, sentence }) => ({ code, kind, name, row, value, bound, sentence })),
  price: decision.price === null ? null : presentPrice(decision.price),
});

type Effects = NonNullable<NonNullable<ApplicationReply['decision']>['price']>['helped'];
const effects = (list: PriceExplanation['helped']): Effects => list.map(({ feature, value, bin, pointsLost, label }) => ({ feature, value, bin, points_lost: pointsLost, label }));

const presentPrice = (price: PriceExplanation) => ({
  range: { min_ppm: presentPpm(price.range.minPpm), max_ppm: presentPpm(price.range.maxPpm) },
  bad_ppm: presentPpm(price.badPpm),
  helped: effects(price.helped),
  hurt: effects(price.hurt),
  next_better: price.nextBetter === null ? null : { price_ppm: presentPpm(price.nextBetter.pricePpm), below_bad_ppm: presentPpm(price.nextBetter.belowBadPpm) },
  sentence: price.sentence,
});

const presentOffer = (app: Application, offer: Offer): NonNullable<ApplicationReply['offer']> => ({
  id: offer.id,
  amount_fen: presentFen(offer.terms.principal),
  requested_fen: presentFen(app.request.amountFen),
  months: offer.terms.months,
  method: offer.terms.method,
  annual_rate_ppm: presentPpm(offer.terms.rate),
  all_in_cost_ppm: offer.sheet.annual_cost.all_in_ppm,
  overdue_rate_ppm: presentPpm(offer.terms.penaltyRate),
  funders: offer.shares.map(({ funder, sharePpm }) => ({ code: funder, share_ppm: presentPpm(sharePpm) })),
  made_at: presentInstant(offer.madeAt),
  expires_at: presentInstant(offer.expiresAt),
});

export const presentOpenedSheet = ({ offer, opened }: OpenedSheet): SheetOpeningReply => ({
  sheet: offer.sheet as unknown as SheetOpeningReply['sheet'], // the same document; the reply's type has no readonly members
  sheet_hash: offer.sheetHash,
  version: offer.sheet.version,
  opened_at: presentInstant(opened.at),
  minimum_reading_seconds: offer.minimumReadingSeconds,
});
