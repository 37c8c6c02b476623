import type { BusinessDate } from '@mingdai/loan-math';
import type { By } from '../../../kernel/actor.ts';
import { shardOf } from '../../../kernel/ids.ts';
import { dayOf } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256 } from '../../../platform/secrets.ts';
import type { FunnelRefusal } from '../../../platform/tx.ts';
import { isVirtualOperator, readName, readPhone } from '../domain/contact.ts';
import { ageOn, MINIMUM_AGE, readIdNumber, regionOf, type IdNumber } from '../domain/id-number.ts';
import type { CustomersError } from '../errors.ts';
import { ownerOfIdNumber, readCustomer, saveRegistration } from '../repository/customers.ts';
import { blinds, seal, type CustomersDeps, type Person } from './deps.ts';

/** What the rest of the house may know of an applicant: nothing that names the person. */
export type RegisteredApplicant = {
  readonly subjectToken: string;
  readonly birthOn: BusinessDate;
  /** Whole years on the day of the application (ILOAN-022). */
  readonly age: number;
  /** First two digits of the id number, null when they name no region: some funders lend in theirs only (ILOAN-016). */
  readonly region: string | null;
  /** SHA-256 of the id number: what an invitation names. */
  readonly idNumberSha256: string;
  /** A sign for risk (ID-004). */
  readonly hasVirtualOperatorPhone: boolean;
};

/** Who applies. The id number is fixed once given; name and phone may be corrected. */
export async function register(deps: CustomersDeps, customerId: string, given: Person, by: By): Promise<Result<RegisteredApplicant, CustomersError | FunnelRefusal>> {
  const read = readPerson(deps, given, by);
  if (!read.ok) return read;
  const { person, idNumber } = read.value;
  const blind = blinds(deps.cipher);
  const input = { name: deps.cipher.blind(person.name, 'input'), idNumber: blind.idNumber(person.idNumber), phone: deps.cipher.blind(person.phone, 'input') };
  const command = { name: 'customers.register', key: by.key, input, actor: by.actor, at: by.at, shard: shardOf(customerId) };
  const done = await deps.funnel.run<null, CustomersError>(command, async (tx) => {
    const customer = await readCustomer(tx, customerId);
    if (customer === null) return refuse({ code: 'customer_not_found' });
    const registration = seal(deps.cipher, customerId, person);
    if (customer.registration !== null && customer.registration.idNumberBlind !== registration.idNumberBlind) return refuse({ code: 'id_number_fixed' });
    if ((await ownerOfIdNumber(tx, registration.idNumberBlind, customerId)) !== customerId) return refuse({ code: 'id_number_taken' });
    await saveRegistration(tx, customer, registration, by.at);
    return ok(null);
  });
  if (!done.ok) return done;
  return ok({
    subjectToken: blind.subject(person.idNumber),
    birthOn: idNumber.birthOn,
    age: ageOn(idNumber.birthOn, dayOf(by.at)),
    region: regionOf(idNumber),
    idNumberSha256: sha256(person.idNumber),
    hasVirtualOperatorPhone: isVirtualOperator(person.phone),
  });
}

function readPerson(deps: CustomersDeps, given: Person, by: By): Result<{ person: Person; idNumber: IdNumber }, CustomersError> {
  const name = readName(given.name);
  if (name === null) return refuse({ code: 'name_malformed' });
  const idNumber = readIdNumber(given.idNumber);
  if (idNumber === null || idNumber.birthOn > dayOf(by.at)) return refuse({ code: 'id_number_malformed', rule: 'ID-001' });
  if (idNumber.isSynthetic && !deps.acceptsSyntheticIds) return refuse({ code: 'id_number_malformed', rule: 'ID-002' });
  const phone = readPhone(given.phone);
  if (phone === null) return refuse({ code: 'phone_malformed' });
  if (ageOn(idNumber.birthOn, dayOf(by.at)) < MINIMUM_AGE) return refuse({ code: 'applicant_under_age', rule: 'ILOAN-022', minimumAge: MINIMUM_AGE });
  return ok({ person: { name, idNumber: idNumber.text, phone }, idNumber });
}
