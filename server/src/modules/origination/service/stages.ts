import { canonicalJson, formatDate } from '@mingdai/loan-math';
import type { By } from '../../../kernel/actor.ts';
import { digestOf } from '../../../kernel/canonical.ts';
import { derivedId, shardOf } from '../../../kernel/ids.ts';
import { dayOf } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { FunnelRefusal } from '../../../platform/tx.ts';
import { loanIdOf, type Contract } from '../../servicing/index.ts';
import { advance, type Application } from '../domain/application.ts';
import { offerDocument, offerFrom } from '../domain/offer-record.ts';
import type { Offer } from '../domain/offer.ts';
import type { ApplyingError, OriginationError } from '../errors.ts';
import { insertContract, insertOffer, insertReading, readApplication, readOffer, readReadings, saveApplication, type Reading } from '../repository.ts';
import { move, type OriginationDeps } from './deps.ts';
import { drive } from './drive.ts';
import { makeOffer, onSale, priceOn } from './offers.ts';

export type Answer<T> = Promise<Result<T, ApplyingError | FunnelRefusal>>;
export type OpenedSheet = { readonly offer: Offer; readonly opened: Reading };
export type ConfirmedSheet = { readonly offer: Offer; readonly opened: Reading; readonly confirmed: Reading };

/** A borrower's own application; another's is as unknown as one that never was. */
export async function ownApplication(deps: OriginationDeps, customerId: string, id: string): Promise<Result<Application, OriginationError>> {
  const kept = await readApplication(deps.db, shardOf(customerId), id);
  return kept === null || kept.app.customerId !== customerId ? refuse({ code: 'application_not_found', application_id: id }) : ok(kept.app);
}

/** Face and four-factor check of the card the money goes to (C3). */
export async function identify(deps: OriginationDeps, customerId: string, id: string, asked: { readonly cardNumber: string; readonly faceTicket: string; readonly by: By }): Answer<Application> {
  const { by } = asked;
  const found = await ownApplication(deps, customerId, id);
  if (!found.ok) return found;
  const app = found.value;
  const failedChecks = app.status === 'offered' ? app.failedChecks : 0;
  const checkId = derivedId('idc', id, by.key);
  const ready = advance(app, { type: 'identify', outcome: 'pass', cardToken: '', identityCheckId: checkId }, by.at);
  // A repeat of a request that was answered must get as far as the funnel, which knows the first answer.
  if (!ready.ok && !(ready.error.code === 'application_not_ready' && app.status === 'identified')) return ready;
  const checked = await deps.customers.identify(customerId, { checkId, cardNumber: asked.cardNumber, faceTicket: asked.faceTicket }, by);
  if (!checked.ok) return checked;
  const { outcome, reasons, cardToken } = checked.value;
  if (outcome === 'unknown') return refuse({ code: 'identity_check_unknown', application_id: id });
  const moved = await move(deps, app, outcome === 'pass'
    ? { type: 'identify', outcome, cardToken: cardToken ?? '', identityCheckId: checkId }
    : { type: 'identify', outcome, detail: reasons.join(', ') }, { by });
  if (moved.ok && moved.value.status === 'closed' && failedChecks > 0) await deps.funding.release(id, by);
  return moved;
}

async function offerOf(deps: OriginationDeps, app: Extract<Application, { readonly offerId: string }>): Promise<Offer> {
  return offerFrom(await readOffer(deps.db, app.shard, app.offerId));
}

export const offerFor = async (deps: OriginationDeps, app: Application): Promise<Offer | null> => ('offerId' in app ? offerOf(deps, app) : null);

/** Opens the cost sheet (RATE-005): today's, so that its due days are those of the contract. The first opening of a version stands. */
export async function openSheet(deps: OriginationDeps, customerId: string, id: string, by: By): Answer<OpenedSheet> {
  const found = await ownApplication(deps, customerId, id);
  if (!found.ok) return found;
  const app = found.value;
  if (app.status !== 'offered' && app.status !== 'identified') return refuseStatus(app, 'open_sheet');
  let offer = await offerOf(deps, app);
  if (offer.sheet.starts_on !== formatDate(dayOf(by.at))) {
    const renewed = await makeOffer(deps, app, { shares: offer.shares, routing: offer.routing, version: offer.sheet.version + 1, at: by.at, expiresAt: offer.expiresAt });
    if (!renewed.ok) return renewed;
    offer = renewed.value;
    const { id: offerId, sheetHash } = offer;
    const moved = await move(deps, app, { type: 'renew_offer', offerId, sheetHash }, {
      by: { ...by, key: `${by.key}/renew` },
      alongside: async (tx) => insertOffer(tx, { shard: app.shard, id: offerId, applicationId: id, sheetHash, madeAt: by.at, document: offerDocument(renewed.value) }),
    });
    if (!moved.ok) return moved;
  } else if (by.at >= app.expiresAt) {
    return refuse({ code: 'offer_expired', expired_at: new Date(app.expiresAt).toISOString() });
  }
  const opened: Reading = { kind: 'opened', sheetHash: offer.sheetHash, at: by.at };
  const kept = await keepReading(deps, app, opened, by);
  if (!kept.ok) return kept;
  const first = (await readReadings(deps.db, app.shard, id)).find((each) => each.kind === 'opened' && each.sheetHash === offer.sheetHash);
  return ok({ offer, opened: first ?? opened });
}

/** The borrower says that the sheet was read: not before it lay open for the time set (RATE-005). */
export async function confirmSheet(deps: OriginationDeps, customerId: string, id: string, asked: { readonly sheetHash: string; readonly by: By }): Answer<ConfirmedSheet> {
  const { sheetHash, by } = asked;
  const found = await ownApplication(deps, customerId, id);
  if (!found.ok) return found;
  const app = found.value;
  if (app.status !== 'offered' && app.status !== 'identified') return refuseStatus(app, 'confirm_sheet');
  if (sheetHash !== app.sheetHash) return refuse({ code: 'cost_sheet_differs', sheet_hash: sheetHash, offered_sheet_hash: app.sheetHash });
  const readings = await readReadings(deps.db, app.shard, id);
  const opened = readings.find((each) => each.kind === 'opened' && each.sheetHash === sheetHash);
  if (opened === undefined) return refuse({ code: 'cost_sheet_not_opened', sheet_hash: sheetHash, rule: 'RATE-005' });
  const offer = await offerOf(deps, app);
  const secondsRead = Math.floor((by.at - opened.at) / 1000);
  if (secondsRead < offer.minimumReadingSeconds) {
    return refuse({ code: 'cost_sheet_not_read', sheet_hash: sheetHash, rule: 'RATE-005', seconds_needed: offer.minimumReadingSeconds, seconds_read: secondsRead });
  }
  const confirmed: Reading = readings.find((each) => each.kind === 'confirmed' && each.sheetHash === sheetHash) ?? { kind: 'confirmed', sheetHash, at: by.at };
  const kept = await keepReading(deps, app, confirmed, by);
  return kept.ok ? ok({ offer, opened, confirmed }) : kept;
}

function keepReading(deps: OriginationDeps, app: Application, reading: Reading, by: By) {
  const command = { name: `origination.sheet_${reading.kind}`, key: by.key, input: { application: app.id, sheetHash: reading.sheetHash }, actor: by.actor, at: by.at, shard: app.shard };
  return deps.funnel.run<null, OriginationError>(command, async (tx) => {
    await insertReading(tx, { shard: app.shard, applicationId: app.id }, { ...reading, evidence: { actor: by.actor.id, key: by.key } });
    return ok(null);
  });
}

const refuseStatus = (app: Application, command: string): Result<never, OriginationError> =>
  app.status === 'closed' || app.status === 'completed'
    ? refuse({ code: 'application_closed', status: app.status, reason: app.status === 'closed' ? app.reason : null })
    : refuse({ code: 'application_not_ready', status: app.status, command });

/**
 * Signs (C4): offer, cost sheet, price of the day and funders' yes are checked, then contract, loan and payout order are
 * kept together, and the payout is driven on.
 */
export async function sign(deps: OriginationDeps, customerId: string, id: string, asked: { readonly sheetHash: string; readonly by: By }): Answer<Application> {
  const { sheetHash, by } = asked;
  const found = await ownApplication(deps, customerId, id);
  if (!found.ok) return found;
  const app = found.value;
  if (app.status === 'signed' || app.status === 'completed') return signedBefore(deps, app, asked);
  const draft = await drafted(deps, app, asked);
  if (!draft.ok) return draft;
  const contract = draft.value;
  const command = { name: 'origination.sign', key: by.key, input: { application: id, sheetHash }, actor: by.actor, at: by.at, shard: app.shard };
  const signed = await deps.funnel.run<{ readonly loanId: string }, OriginationError>(command, async (tx) => {
    const kept = await readApplication(tx, app.shard, id);
    if (kept === null) return refuse({ code: 'application_not_found', application_id: id });
    const next = advance(kept.app, { type: 'sign', contractId: contract.id, loanId: loanIdOf(contract.id) }, by.at);
    if (!next.ok) return next;
    if (kept.app.status !== 'identified' || kept.app.sheetHash !== sheetHash) return refuse({ code: 'cost_sheet_differs', sheet_hash: sheetHash, offered_sheet_hash: 'sheetHash' in kept.app ? kept.app.sheetHash : '' });
    await insertContract(tx, { shard: app.shard, id: contract.id, applicationId: id, loanId: loanIdOf(contract.id), signedAt: by.at, digest: digestOf(contract), document: JSON.parse(canonicalJson(contract)) });
    await deps.servicing.open(tx, contract);
    await saveApplication(tx, next.value, kept.version);
    return ok({ loanId: loanIdOf(contract.id) });
  });
  if (!signed.ok) return signed;
  const now = await ownApplication(deps, customerId, id);
  if (!now.ok) return now;
  await drive(deps, now.value);
  return ownApplication(deps, customerId, id);
}

/** The same key is answered as before; another key is told that there is nothing more to sign. */
async function signedBefore(deps: OriginationDeps, app: Extract<Application, { readonly loanId: string }>, { sheetHash, by }: { readonly sheetHash: string; readonly by: By }): Answer<Application> {
  const command = { name: 'origination.sign', key: by.key, input: { application: app.id, sheetHash }, actor: by.actor, at: by.at, shard: app.shard };
  const again = await deps.funnel.run<{ readonly loanId: string }, OriginationError>(command, async () => refuse({ code: 'application_closed', status: app.status, reason: null }));
  return again.ok ? ok(app) : again;
}

/** Everything that must hold before anyone signs, and the contract that would be signed. */
async function drafted(deps: OriginationDeps, app: Application, { sheetHash, by }: { readonly sheetHash: string; readonly by: By }): Answer<Contract> {
  if (app.status !== 'identified') return refuseStatus(app, 'sign');
  if (by.at >= app.expiresAt) return refuse({ code: 'offer_expired', expired_at: new Date(app.expiresAt).toISOString() });
  if (sheetHash !== app.sheetHash) return refuse({ code: 'cost_sheet_differs', sheet_hash: sheetHash, offered_sheet_hash: app.sheetHash });
  const readings = (await readReadings(deps.db, app.shard, app.id)).filter((each) => each.sheetHash === sheetHash).map(({ kind }) => kind);
  if (!readings.includes('opened')) return refuse({ code: 'cost_sheet_not_opened', sheet_hash: sheetHash, rule: 'RATE-005' });
  if (!readings.includes('confirmed')) return refuse({ code: 'cost_sheet_not_confirmed', sheet_hash: sheetHash, rule: 'RATE-005' });
  const offer = await offerOf(deps, app);
  const today = formatDate(dayOf(by.at));
  if (offer.sheet.starts_on !== today) return refuse({ code: 'cost_sheet_outdated', sheet_hash: sheetHash, starts_on: offer.sheet.starts_on, today });
  const missing = await deps.funding.missingYes(app.shard, app.id, offer.shares);
  if (missing.length > 0) return refuse({ code: 'funder_decision_missing', funders: missing });
  const consents = (await deps.customers.consentsOf(app.customerId)).filter(({ withdrawnAt }) => withdrawnAt === null);
  const lacking = (['bureau_query', 'identity_check', 'funder_share'] as const).find((purpose) => !consents.some((each) => each.purpose === purpose));
  if (lacking !== undefined) return refuse({ code: 'consent_needed', purpose: lacking });
  const sale = await onSale(deps, app, by.at);
  if (!sale.ok) return sale;
  const priced = priceOn(deps, app, sale.value, { at: by.at, stage: 'signing' });
  if (!priced.ok) return priced;
  return ok({
    id: derivedId('ctr', offer.id), shard: app.shard, customerId: app.customerId, productCode: offer.productCode, productVersion: offer.productVersion,
    lender: offer.lender, terms: offer.terms, shares: offer.shares, cardToken: app.cardToken, sheetHash, signedAt: by.at,
    consentIds: consents.map((each) => each.id), offerId: offer.id, applicationId: app.id,
  });
}

/** Walks away: at any time before the payout is on its way. */
export async function withdraw(deps: OriginationDeps, customerId: string, id: string, by: By): Answer<Application> {
  const found = await ownApplication(deps, customerId, id);
  if (!found.ok) return found;
  const moved = await move(deps, found.value, { type: 'withdraw' }, { by });
  if (moved.ok) await deps.funding.release(id, by);
  return moved;
}
