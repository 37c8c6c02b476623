import { assert, formatDate } from '@mingdai/loan-math';
import type { By } from '../../../kernel/actor.ts';
import { dayOf } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { CommandTx } from '../../../platform/tx.ts';
import { advance, isOffering, openOffer, type Application, type Offering } from '../domain/application.ts';
import { offerDocument, offerFrom } from '../domain/offer-record.ts';
import type { Offer } from '../domain/offer.ts';
import type { ApplyingError, OriginationError } from '../errors.ts';
import { insertOffer, insertReading, readApplication, readOffer, readReadings, saveApplication, type Reading } from '../repository.ts';
import { offerOf, ownApplication, type Answer, type OriginationDeps } from './deps.ts';
import { makeOffer } from './offers.ts';

export type OpenedSheet = { readonly offer: Offer; readonly opened: Reading };
export type ConfirmedSheet = OpenedSheet & { readonly confirmed: Reading };

/**
 * Opens the cost sheet (RATE-005): today's, so that its due days are those of the contract. The first opening of a version
 * stands, and with it the beginning of the reading time.
 */
export async function openSheet(deps: OriginationDeps, customerId: string, id: string, by: By): Answer<OpenedSheet> {
  const found = await ownApplication(deps, customerId, id);
  if (!found.ok) return found;
  const { shard } = found.value;
  const todays = await todaysOffer(deps, found.value, by);
  const command = { name: 'origination.open_sheet', key: by.key, input: { application: id }, actor: by.actor, at: by.at, shard };
  const done = await deps.funnel.run<{ readonly offerId: string }, ApplyingError>(command, async (tx) => {
    const kept = await readApplication(tx, shard, id);
    assert(kept !== null, 'an application that was found is not lost');
    const open = openOffer(kept.app, 'open_sheet', by.at);
    if (!open.ok) return open;
    if (todays !== null && !todays.ok) return todays;
    const shown = todays === null ? open.value : await renewed(tx, { offering: open.value, version: kept.version }, todays.value);
    const { offerId, sheetHash } = shown;
    await insertReading(tx, { shard, applicationId: id }, { kind: 'opened', sheetHash, at: by.at, evidence: { actor: by.actor.id, key: by.key, offer_id: offerId } });
    return ok({ offerId });
  });
  if (!done.ok) return done;
  const offer = await offerOf(deps, { shard, offerId: done.value.offerId });
  const opened = (await readReadings(deps.db, shard, id)).find(isReading('opened', offer.sheetHash));
  assert(opened !== undefined, 'an opening is kept with its answer');
  return ok({ offer, opened });
}

type Renewal = { readonly replaces: string; readonly offer: Offer };

/** The offer with today's sheet when the one that stands shows another day's; null when it does not. */
async function todaysOffer(deps: OriginationDeps, app: Application, by: By): Promise<Result<Renewal, ApplyingError> | null> {
  if (!isOffering(app)) return null;
  const { id: replaces, sheet, shares, routing, expiresAt } = await offerOf(deps, app);
  if (sheet.starts_on === formatDate(dayOf(by.at))) return null;
  const made = await makeOffer(deps, app, { shares, routing, version: sheet.version + 1, at: by.at, expiresAt });
  return made.ok ? ok({ replaces, offer: made.value }) : made;
}

/** Puts the renewed offer in the place of the one it replaces; where somebody else did so first, theirs stands. */
async function renewed(tx: CommandTx, { offering, version }: { readonly offering: Offering; readonly version: number }, { replaces, offer }: Renewal): Promise<Offering> {
  const { id: offerId, shard, applicationId, sheetHash, madeAt } = offer;
  const next = advance(offering, { type: 'renew_offer', replaces, offerId, sheetHash }, madeAt);
  assert(next.ok && isOffering(next.value), 'an open offer can be renewed');
  if (next.value.offerId !== offerId) return next.value;
  await saveApplication(tx, next.value, version);
  await insertOffer(tx, { shard, id: offerId, applicationId, sheetHash, madeAt, document: offerDocument(offer) });
  return next.value;
}

export type Confirming = { readonly sheetHash: string; readonly by: By };

/** The borrower says that the sheet was read: not before it lay open for the time set (RATE-005). */
export async function confirmSheet(deps: OriginationDeps, customerId: string, id: string, { sheetHash, by }: Confirming): Answer<ConfirmedSheet> {
  const found = await ownApplication(deps, customerId, id);
  if (!found.ok) return found;
  const { shard } = found.value;
  const command = { name: 'origination.confirm_sheet', key: by.key, input: { application: id, sheetHash }, actor: by.actor, at: by.at, shard };
  const done = await deps.funnel.run<{ readonly offerId: string }, OriginationError>(command, (tx) => confirm(tx, found.value, { sheetHash, by }));
  if (!done.ok) return done;
  const readings = await readReadings(deps.db, shard, id);
  const [opened, confirmed] = [readings.find(isReading('opened', sheetHash)), readings.find(isReading('confirmed', sheetHash))];
  assert(opened !== undefined && confirmed !== undefined, 'a confirmation is kept with its answer');
  return ok({ offer: await offerOf(deps, { shard, offerId: done.value.offerId }), opened, confirmed });
}

async function confirm(tx: CommandTx, { shard, id }: Application, { sheetHash, by }: Confirming): Promise<Result<{ readonly offerId: string }, OriginationError>> {
  const kept = await readApplication(tx, shard, id);
  assert(kept !== null, 'an application that was found is not lost');
  const open = openOffer(kept.app, 'confirm_sheet', by.at);
  if (!open.ok) return open;
  const { offerId, sheetHash: offered } = open.value;
  if (sheetHash !== offered) return refuse({ code: 'cost_sheet_differs', sheet_hash: sheetHash, offered_sheet_hash: offered });
  const opened = (await readReadings(tx, shard, id)).find(isReading('opened', sheetHash));
  if (opened === undefined) return refuse({ code: 'cost_sheet_not_opened', sheet_hash: sheetHash, rule: 'RATE-005' });
  const { minimumReadingSeconds } = offerFrom(await readOffer(tx, shard, offerId));
  const seconds = Math.floor((by.at - opened.at) / 1000);
  if (seconds < minimumReadingSeconds) {
    return refuse({ code: 'cost_sheet_not_read', sheet_hash: sheetHash, rule: 'RATE-005', seconds_needed: minimumReadingSeconds, seconds_read: seconds });
  }
  await insertReading(tx, { shard, applicationId: id }, { kind: 'confirmed', sheetHash, at: by.at, evidence: { actor: by.actor.id, key: by.key, offer_id: offerId, seconds_open: seconds } });
  return ok({ offerId });
}

export const isReading = (kind: Reading['kind'], sheetHash: string) => (each: Reading): boolean => each.kind === kind && each.sheetHash === sheetHash;
