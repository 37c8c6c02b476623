import type { By } from '../../../kernel/actor.ts';
import { shardOf } from '../../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { FunnelRefusal } from '../../../platform/tx.ts';
import { standingConsent } from '../domain/consent.ts';
import { readCardNumber } from '../domain/contact.ts';
import { settleCheck, type CheckAnswer, type CheckState, type IdentityCheck, type IdentityReason } from '../domain/identity-check.ts';
import { lastFour } from '../domain/mask.ts';
import type { CustomersError } from '../errors.ts';
import { readCustomer, saveCard } from '../repository/customers.ts';
import { consentsOf, insertCheck, insertReading, readCheck, settleCheckRow } from '../repository/records.ts';
import { blinds, isRegistered, once, rowId, unseal, type CustomersDeps, type RegisteredCustomer } from './deps.ts';

export type IdentityQuestion = { readonly checkId: string; readonly cardNumber: string; readonly faceTicket: string };
export type Identified = { readonly outcome: 'pass' | 'fail' | 'unknown'; readonly reasons: readonly IdentityReason[]; readonly cardToken?: string };

/**
 * Face and four-factor check (C3) of a registered person's card. The check is kept before the provider is
 * asked; one that stayed without an answer is asked about by its id first, and put again only when the
 * provider never saw it. The same check id is answered the same; the card number is not kept.
 */
export async function identify(deps: CustomersDeps, customerId: string, asked: IdentityQuestion, by: By): Promise<Result<Identified, CustomersError | FunnelRefusal>> {
  const customer = await readCustomer(deps.db, customerId);
  if (customer === null) return refuse({ code: 'customer_not_found' });
  if (!isRegistered(customer)) return refuse({ code: 'customer_not_registered' });
  if (standingConsent(await consentsOf(deps.db, customerId), 'identity_check') === null) return refuse({ code: 'consent_missing', purpose: 'identity_check' });
  const cardNumber = readCardNumber(asked.cardNumber);
  if (cardNumber === null) return refuse({ code: 'card_number_malformed' });

  const wanted: IdentityCheck = {
    id: asked.checkId, customerId, cardBlind: blinds(deps.cipher).card(cardNumber), cardLast4: lastFour(cardNumber), outcome: 'started',
  };
  const begun = await begin(deps, wanted, by);
  if (!begun.ok) return begun;
  if (begun.value.cardBlind !== wanted.cardBlind) return refuse({ code: 'identity_check_reused', checkId: asked.checkId });
  if (begun.value.outcome === 'pass' || begun.value.outcome === 'fail') return ok(shown(begun.value));
  const answer = begun.value.isNew ? await put(deps, customer, { ...asked, cardNumber }) : await askThenPut(deps, customer, { ...asked, cardNumber });
  return record(deps, begun.value, answer, by);
}

/** Asks about a check without an answer; never puts it again. For whoever no longer has the card number. */
export async function askIdentity(deps: CustomersDeps, customerId: string, checkId: string, by: By): Promise<Result<Identified, CustomersError | FunnelRefusal>> {
  const check = await readCheck(deps.db, customerId, checkId);
  if (check === null) return ok({ outcome: 'unknown', reasons: [] });
  if (check.outcome === 'pass' || check.outcome === 'fail') return ok(shown(check));
  const answer = await deps.identity.ask(checkId);
  return record(deps, check, answer.outcome === 'never_seen' ? { outcome: 'unknown' } : answer, by);
}

/** Keeps the check and the reading that it means, then says how the check stands. The command's own answer is kept for good, so it tells nothing of the card. */
async function begin(deps: CustomersDeps, wanted: IdentityCheck, by: By): Promise<Result<IdentityCheck & { isNew: boolean }, CustomersError | FunnelRefusal>> {
  const { customerId, id } = wanted;
  const command = { name: 'customers.begin_identity_check', key: `${id}/${once()}`, input: { id }, actor: by.actor, at: by.at, shard: shardOf(customerId) };
  const begun = await deps.funnel.run<{ isNew: boolean }, never>(command, async (tx) => {
    const isNew = await insertCheck(tx, wanted, by.at);
    await insertReading(tx, { id: rowId('rdg'), customerId, purpose: 'identity_check', actor: by.actor, at: by.at });
    return ok({ isNew });
  });
  if (!begun.ok) return begun;
  const { isNew } = begun.value;
  const check = isNew ? wanted : await readCheck(deps.db, customerId, id);
  if (check === null || check.customerId !== customerId) return refuse({ code: 'identity_check_reused', checkId: id });
  return ok({ ...check, isNew });
}

const put = (deps: CustomersDeps, customer: RegisteredCustomer, asked: IdentityQuestion): Promise<CheckAnswer> =>
  deps.identity.check({ ...unseal(deps.cipher, customer), checkId: asked.checkId, cardNumber: asked.cardNumber, faceTicket: asked.faceTicket });

async function askThenPut(deps: CustomersDeps, customer: RegisteredCustomer, asked: IdentityQuestion): Promise<CheckAnswer> {
  const answer = await deps.identity.ask(asked.checkId);
  return answer.outcome === 'never_seen' ? put(deps, customer, asked) : answer;
}

async function record(deps: CustomersDeps, check: IdentityCheck, answer: CheckAnswer, by: By): Promise<Result<Identified, CustomersError | FunnelRefusal>> {
  const { customerId, id } = check;
  const command = { name: 'customers.record_identity_check', key: `${id}/${once()}`, input: { id, answer }, actor: by.actor, at: by.at, shard: shardOf(customerId) };
  const state = settleCheck(check, answer);
  const recorded = await deps.funnel.run<{ isWritten: boolean }, never>(command, async (tx) => {
    const isWritten = await settleCheckRow(tx, customerId, { id, state }, by.at);
    if (isWritten && state.outcome === 'pass') await saveCard(tx, customerId, { token: state.cardToken, last4: check.cardLast4 });
    return ok({ isWritten });
  });
  if (!recorded.ok) return recorded;
  return ok(shown(recorded.value.isWritten ? state : ((await readCheck(deps.db, customerId, id)) ?? check)));
}

function shown(check: CheckState): Identified {
  switch (check.outcome) {
    case 'pass':
      return { outcome: 'pass', reasons: [], cardToken: check.cardToken };
    case 'fail':
      return { outcome: 'fail', reasons: check.reasons };
    case 'started':
    case 'unknown':
      return { outcome: 'unknown', reasons: [] };
  }
}
