import { assert } from '@mingdai/loan-math';
import { dayOf } from '../../../kernel/instant.ts';
import { sha256 } from '../../../platform/secrets.ts';
import { payoutIdOf } from '../../servicing/index.ts';
import type { Application } from '../domain/application.ts';
import { offerDocument } from '../domain/offer-record.ts';
import { findApplication, insertOffer, takeStopped } from '../repository.ts';
import { move, own, type Moved, type OriginationDeps } from './deps.ts';
import { fund } from './funders.ts';
import { makeOffer, onSale, priceOn } from './offers.ts';

type At<S extends Application['status']> = Extract<Application, { readonly status: S }>;

/**
 * Drives an application on through every stage that waits for nobody but the program: evidence, decision, funders, offer,
 * and after the signature the payout. Stops where a person has the word, or where somebody outside gave no answer.
 *
 * Keeps  Every question to the outside has an id derived from the application, so whoever drives again after a crash asks
 *        what became of it and never asks twice. Safe to call any number of times, also at once.
 */
export async function drive(deps: OriginationDeps, app: Application): Promise<Application> {
  let now = app;
  for (;;) {
    const next = await step(deps, now);
    if (next === null) return now;
    const moved = next.ok ? next.value : ((await findApplication(deps.db, now.id))?.app ?? now);
    if (moved.status === now.status) return moved;
    now = moved;
  }
}

/** One stage: what the application became, or null when it has to wait. */
async function step(deps: OriginationDeps, app: Application): Promise<Moved | null> {
  switch (app.status) {
    case 'submitted':
      return decide(deps, app);
    case 'decided':
      return offer(deps, app);
    case 'signed':
      await deps.payments.drive(payoutIdOf(app.loanId));
      return null;
    default:
      return null;
  }
}

/** Evidence and decision (E1–E4). A consent taken back meanwhile ends the application: nobody is asked about the person any more (DATA-010). */
async function decide(deps: OriginationDeps, app: At<'submitted'>): Promise<Moved | null> {
  const subject = await deps.customers.subjectFor('bureau_query', app.customerId);
  if (!subject.ok) {
    if (subject.error.code === 'busy') return null;
    assert(subject.error.code === 'consent_missing', `who applied is registered: ${subject.error.code}`);
    return move(deps, app, { type: 'withdraw', detail: 'consent_withdrawn' }, { by: own(deps) });
  }
  const { name, idNumber, consentId } = subject.value;
  assert(consentId !== null, 'a bureau is asked under a consent (DATA-001)');
  const by = own(deps);
  const gathered = await deps.decisioning.gatherEvidence(
    { name, idNumber }, { applicationId: app.id, customerId: app.customerId, consentId, purpose: 'loan_application' }, by);
  if (gathered.kind === 'unknown') return null;
  const product = await deps.catalog.productVersion(app.productCode, dayOf(app.submittedAt));
  const lender = product === null ? null : await deps.catalog.lender(product.lender, dayOf(app.submittedAt));
  assert(lender !== null, `an application is for a product that has a lender: ${app.productCode}`);
  const { amountFen, months, isStudent, ageYears } = app.request;
  const decision = await deps.decisioning.decide(gathered.evidence, {
    applicationId: app.id, customerId: app.customerId, shard: app.shard, productCode: app.productCode,
    lenderType: lender.lenderType,
    requestedFen: amountFen, months, ageYears, isStudent, idNumberHash: sha256(idNumber),
  }, by);
  if (decision.outcome !== 'approve') {
    return move(deps, app, { type: 'turn_down', reason: decision.outcome === 'decline' ? 'declined' : 'referred', decisionId: decision.id }, { by });
  }
  return move(deps, app, { type: 'approve', decisionId: decision.id, limitFen: decision.limitFen, pricePpm: decision.pricePpm }, { by });
}

/** The price within the law, funders and their own decisions, then the offer with its cost sheet. */
async function offer(deps: OriginationDeps, app: At<'decided'>): Promise<Moved | null> {
  const by = own(deps);
  const unlawful = (error: { readonly code: string }): Promise<Moved> => move(deps, app, { type: 'find_no_offer', reason: 'no_lawful_offer', detail: inShort(error) }, { by });
  const sale = await onSale(deps, app, by.at);
  if (!sale.ok) return unlawful(sale.error);
  const priced = priceOn(deps, app, sale.value, { at: by.at, stage: 'offering' });
  if (!priced.ok) return unlawful(priced.error);
  const funded = await fund(deps, app, by);
  if (funded.kind === 'unknown') return null;
  if (funded.kind === 'none') return move(deps, app, { type: 'find_no_offer', reason: 'no_funder', detail: funded.why }, { by });
  const made = await makeOffer(deps, app, { shares: funded.shares, routing: funded.explanation, version: 1, at: by.at });
  if (!made.ok) return unlawful(made.error);
  const { id: offerId, sheetHash, expiresAt } = made.value;
  const moved = await move(deps, app, { type: 'make_offer', offerId, sheetHash, expiresAt }, {
    by,
    alongside: async (tx) => insertOffer(tx, { shard: app.shard, id: offerId, applicationId: app.id, sheetHash, madeAt: by.at, document: offerDocument(made.value) }),
  });
  // The person walked away while funders were asked: what they hold since is held for nobody.
  if (!moved.ok && moved.error.code === 'application_closed') await deps.funding.release(app.id, own(deps));
  return moved;
}

const inShort = (error: { readonly code: string }): string => JSON.stringify(error).slice(0, 500);

/**
 * Drives on what stopped half-way: a killed process, an answer that did not come. One that fails keeps no other waiting.
 *
 * Throws  AggregateError after all were driven, when some failed.
 */
export async function driveStopped(deps: OriginationDeps, limit: number, untouchedSeconds: number): Promise<{ readonly driven: number }> {
  const ids = await deps.db.transaction((tx) => takeStopped(tx, untouchedSeconds, limit));
  const failures: unknown[] = [];
  for (const id of ids) {
    try {
      const kept = await findApplication(deps.db, id);
      if (kept !== null) await drive(deps, kept.app);
    } catch (cause) {
      failures.push(cause);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${ids.length} applications could not be driven on`);
  return { driven: ids.length };
}
