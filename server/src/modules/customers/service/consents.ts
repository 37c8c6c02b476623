import type { By } from '../../../kernel/actor.ts';
import { derivedId, shardOf } from '../../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { VersionConflict, type FunnelRefusal } from '../../../platform/tx.ts';
import { CONSENT_TEXT_VERSION, consentText, standingConsent, type Consent, type ConsentPurpose } from '../domain/consent.ts';
import type { CustomersError } from '../errors.ts';
import { consentsOf, insertConsent, withdrawConsent as writeWithdrawal } from '../repository/records.ts';
import type { CustomersDeps } from './deps.ts';

export type ConsentGiven = { readonly purpose: ConsentPurpose; readonly recipient: string; readonly textVersion?: number | undefined };

/** Keeps a consent with the text that was read. One that stands for the same purpose, recipient and text is answered as it is. */
export async function giveConsent(deps: CustomersDeps, customerId: string, asked: ConsentGiven, by: By): Promise<Result<Consent, CustomersError | FunnelRefusal>> {
  const { purpose, recipient, textVersion = CONSENT_TEXT_VERSION } = asked;
  const command = { name: 'customers.give_consent', key: by.key, input: asked, actor: by.actor, at: by.at, shard: shardOf(customerId) };
  return deps.funnel.run<Consent, CustomersError>(command, async (tx) => {
    if (textVersion !== CONSENT_TEXT_VERSION) return refuse({ code: 'consent_text_outdated', currentVersion: CONSENT_TEXT_VERSION });
    const given = await consentsOf(tx, customerId);
    const before = standingConsent(given, purpose, recipient);
    if (before !== null && before.textVersion === textVersion) return ok(before);
    const nth = given.filter((each) => each.purpose === purpose && each.recipient === recipient).length;
    const consent: Consent = {
      id: derivedId('con', customerId, purpose, recipient, String(nth)), customerId, purpose, recipient, textVersion, text: consentText(purpose, recipient), givenAt: by.at, withdrawnAt: null,
    };
    // Of two that agree to the same at once one is kept, so that taking it back leaves none standing.
    if (!(await insertConsent(tx, consent))) throw new VersionConflict(`consent ${consent.id} was given meanwhile`);
    return ok(consent);
  });
}

/** Takes a consent back (DATA-010). Taken back twice is taken back. */
export async function withdrawConsent(deps: CustomersDeps, customerId: string, consentId: string, by: By): Promise<Result<Consent, CustomersError | FunnelRefusal>> {
  const command = { name: 'customers.withdraw_consent', key: by.key, input: { consentId }, actor: by.actor, at: by.at, shard: shardOf(customerId) };
  return deps.funnel.run<Consent, CustomersError>(command, async (tx) => {
    const consent = (await consentsOf(tx, customerId)).find((each) => each.id === consentId);
    if (consent === undefined) return refuse({ code: 'consent_not_found' });
    if (consent.withdrawnAt !== null) return ok(consent);
    await writeWithdrawal(tx, customerId, consentId, by.at);
    return ok({ ...consent, withdrawnAt: by.at });
  });
}
