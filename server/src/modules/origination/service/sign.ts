import { canonicalJson, formatDate } from '@mingdai/loan-math';
import type { By } from '../../../kernel/actor.ts';
import { digestOf } from '../../../kernel/canonical.ts';
import { derivedId } from '../../../kernel/ids.ts';
import { dayOf } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Command as FunnelCommand, CommandTx } from '../../../platform/tx.ts';
import { loanIdOf, type Contract } from '../../servicing/index.ts';
import { advance, stageRefusal, openOffer, type Application } from '../domain/application.ts';
import type { OriginationError } from '../errors.ts';
import { insertContract, readApplication, readReadings, saveApplication } from '../repository.ts';
import { isReading } from './cost-sheet.ts';
import { offerOf, ownApplication, type Answer, type OriginationDeps } from './deps.ts';
import { drive } from './drive.ts';
import { onSale, priceOn } from './offers.ts';

export type Signing = { readonly sheetHash: string; readonly by: By };
type Signed = { readonly loanId: string };

/** Without these no contract is made: what was asked under them is part of it (DATA-001, DATA-011). */
const CONSENTS_TO_SIGN = ['bureau_query', 'identity_check', 'funder_share'] as const;

/**
 * Signs (C4): offer, cost sheet, price of the day and funders' yes are checked, then contract, loan and payout order are
 * kept together, and the payout is driven on.
 *
 * Refuses  in the order of errors.ts. What was signed is answered again under its key; another key is told that it was signed.
 */
export async function sign(deps: OriginationDeps, customerId: string, id: string, asked: Signing): Answer<Application> {
  const { sheetHash, by } = asked;
  const found = await ownApplication(deps, customerId, id);
  if (!found.ok) return found;
  const app = found.value;
  const command = { name: 'origination.sign', key: by.key, input: { application: id, sheetHash }, actor: by.actor, at: by.at, shard: app.shard };
  if (['signed', 'completed', 'closed'].includes(app.status)) {
    const before = await deps.funnel.run<Signed, OriginationError>(command, async () => stageRefusal(app, 'sign'));
    return before.ok ? ok(app) : before;
  }
  const draft = await drafted(deps, app, asked);
  if (!draft.ok) return draft;
  const signed = await keepContract(deps, command, draft.value);
  if (!signed.ok) return signed;
  const now = await ownApplication(deps, customerId, id);
  if (!now.ok) return now;
  await drive(deps, now.value);
  return ownApplication(deps, customerId, id);
}

function keepContract(deps: OriginationDeps, command: FunnelCommand, contract: Contract) {
  const { id, shard, applicationId, sheetHash, signedAt } = contract;
  const loanId = loanIdOf(id);
  return deps.funnel.run<Signed, OriginationError>(command, async (tx: CommandTx) => {
    const kept = await readApplication(tx, shard, applicationId);
    if (kept === null) return refuse({ code: 'application_not_found', application_id: applicationId });
    const next = advance(kept.app, { type: 'sign', contractId: id, loanId }, signedAt);
    if (!next.ok) return next;
    if (next.value.status !== 'signed' || next.value.sheetHash !== sheetHash) {
      return refuse({ code: 'cost_sheet_differs', sheet_hash: sheetHash, offered_sheet_hash: next.value.status === 'signed' ? next.value.sheetHash : '' });
    }
    // First the application: of two signatures at once the version lets one through, and the other starts again and sees it.
    await saveApplication(tx, next.value, kept.version);
    await insertContract(tx, { shard, id, applicationId, loanId, signedAt, digest: digestOf(contract), document: JSON.parse(canonicalJson(contract)) });
    await deps.servicing.open(tx, contract);
    return ok({ loanId });
  });
}

/** Everything that must hold before anyone signs, and the contract that would be signed. */
async function drafted(deps: OriginationDeps, app: Application, { sheetHash, by }: Signing): Answer<Contract> {
  if (app.status !== 'identified') return stageRefusal(app, 'sign');
  const open = openOffer(app, 'sign', by.at);
  if (!open.ok) return open;
  const read = await sheetRead(deps, app, sheetHash);
  if (!read.ok) return read;
  const offer = await offerOf(deps, app);
  const today = formatDate(dayOf(by.at));
  if (offer.sheet.starts_on !== today) return refuse({ code: 'cost_sheet_outdated', sheet_hash: sheetHash, starts_on: offer.sheet.starts_on, today });
  const missing = await deps.funding.missingYes(app.shard, app.id, offer.shares);
  if (missing.length > 0) return refuse({ code: 'funder_decision_missing', funders: missing });
  const consents = (await deps.customers.consentsOf(app.customerId)).filter(({ withdrawnAt }) => withdrawnAt === null);
  const lacking = CONSENTS_TO_SIGN.find((purpose) => !consents.some((each) => each.purpose === purpose));
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

/** RATE-005: this very version was opened and confirmed. */
async function sheetRead(deps: OriginationDeps, app: Extract<Application, { status: 'identified' }>, sheetHash: string): Promise<Result<'read', OriginationError>> {
  if (sheetHash !== app.sheetHash) return refuse({ code: 'cost_sheet_differs', sheet_hash: sheetHash, offered_sheet_hash: app.sheetHash });
  const readings = await readReadings(deps.db, app.shard, app.id);
  if (!readings.some(isReading('opened', sheetHash))) return refuse({ code: 'cost_sheet_not_opened', sheet_hash: sheetHash, rule: 'RATE-005' });
  if (!readings.some(isReading('confirmed', sheetHash))) return refuse({ code: 'cost_sheet_not_confirmed', sheet_hash: sheetHash, rule: 'RATE-005' });
  return ok('read');
}
