import { system, type Actor } from '../../../kernel/actor.ts';
import { shardOf } from '../../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { FunnelRefusal } from '../../../platform/tx.ts';
import { standingConsent, type ConsentPurpose } from '../domain/consent.ts';
import type { CustomersError } from '../errors.ts';
import { readCustomer } from '../repository/customers.ts';
import { consentsOf, insertReading } from '../repository/records.ts';
import { isRegistered, once, rowId, unseal, type CustomersDeps } from './deps.ts';

/** The named questions by which personal data leaves this module, and the consent each needs. */
const consentFor = {
  bureau_query: 'bureau_query',
  behaviour_query: 'bureau_query',
  /** The party to a contract, on its own document. */
  contract: null,
} as const satisfies Record<string, ConsentPurpose | null>;

export type SubjectPurpose = keyof typeof consentFor;

/** Who a person is, for one purpose. `consentId` is null where the law asks for none. */
export type Subject = { readonly name: string; readonly idNumber: string; readonly consentId: string | null };

/** Answers a named question about a person, after noting who asked, for what and when. */
export async function subjectFor(deps: CustomersDeps, purpose: SubjectPurpose, customerId: string, actor: Actor = system(purpose)): Promise<Result<Subject, CustomersError | FunnelRefusal>> {
  const customer = await readCustomer(deps.db, customerId);
  if (customer === null) return refuse({ code: 'customer_not_found' });
  if (!isRegistered(customer)) return refuse({ code: 'customer_not_registered' });
  const needed = consentFor[purpose];
  const consent = needed === null ? null : standingConsent(await consentsOf(deps.db, customerId), needed);
  if (needed !== null && consent === null) return refuse({ code: 'consent_missing', purpose: needed });

  const at = deps.clock.now();
  const command = { name: 'customers.read_subject', key: `${customerId}/${once()}`, input: { purpose }, actor, at, shard: shardOf(customerId) };
  const noted = await deps.funnel.run<null, never>(command, async (tx) => {
    await insertReading(tx, { id: rowId('rdg'), customerId, purpose, actor, at });
    return ok(null);
  });
  if (!noted.ok) return noted;
  const { name, idNumber } = unseal(deps.cipher, customer);
  return ok({ name, idNumber, consentId: consent?.id ?? null });
}
