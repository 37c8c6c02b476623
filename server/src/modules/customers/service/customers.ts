import type { Actor, By } from '../../../kernel/actor.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { Result } from '../../../kernel/result.ts';
import type { FunnelRefusal, Tx } from '../../../platform/tx.ts';
import { standingConsent, type Consent, type ConsentPurpose } from '../domain/consent.ts';
import { maskIdNumber, maskName, maskPhone } from '../domain/mask.ts';
import type { MessageTemplate } from '../domain/message.ts';
import type { CustomersError } from '../errors.ts';
import { readCustomer } from '../repository/customers.ts';
import { consentsOf, insertReading, readingsOf } from '../repository/records.ts';
import { giveConsent, withdrawConsent, type ConsentGiven } from './consents.ts';
import { isRegistered, rowId, unseal, type CustomersDeps, type Person } from './deps.ts';
import { askIdentity, identify, type Identified, type IdentityQuestion } from './identify.ts';
import { message, sendMessages } from './messages.ts';
import { register, type RegisteredApplicant } from './register.ts';
import { sessionOf, signIn, type SignedIn } from './sign-in.ts';
import { subjectFor, type Subject, type SubjectPurpose } from './subject.ts';

type Answer<T> = Promise<Result<T, CustomersError | FunnelRefusal>>;

/** A customer as the own screen shows it: masked (SEC-006 to SEC-009). */
export type MaskedCustomer = {
  readonly customerId: string;
  readonly isRegistered: boolean;
  readonly name: string | null;
  readonly idNumber: string | null;
  readonly phone: string | null;
  readonly card: string | null;
  readonly consents: readonly Consent[];
};

export interface Customers {
  signIn(wechatCode: string, by: By): Answer<SignedIn>;
  sessionOf(token: string): Promise<{ readonly customerId: string; readonly shard: number } | null>;
  /** Who applies: checked, sealed, and known to the others by a token only. */
  register(customerId: string, person: Person, by: By): Answer<RegisteredApplicant>;
  giveConsent(customerId: string, given: ConsentGiven, by: By): Answer<Consent>;
  withdrawConsent(customerId: string, consentId: string, by: By): Answer<Consent>;
  /** Whether a consent stands for the purpose (and the recipient, when one is named). */
  hasConsent(customerId: string, purpose: ConsentPurpose, recipient?: string): Promise<boolean>;
  consentsOf(customerId: string): Promise<readonly Consent[]>;
  identify(customerId: string, question: IdentityQuestion, by: By): Answer<Identified>;
  /** Asks about a check whose outcome is unknown, without putting it again. */
  askIdentity(customerId: string, checkId: string, by: By): Answer<Identified>;
  /** The token of the card that passed the last check, and its last four digits. */
  cardOf(customerId: string): Promise<{ readonly token: string; readonly last4: string } | null>;
  /** A named question: who the person is, for an adapter. Noted each time; refused without the consent it needs. */
  subjectFor(purpose: SubjectPurpose, customerId: string, actor?: Actor): Answer<Subject>;
  /** Who read the customer's personal data, for what, when: newest first. */
  readingsOf(customerId: string): Promise<readonly { readonly purpose: string; readonly actor: string; readonly at: Instant }[]>;
  /** Asks for a text message inside the transaction that is its reason; it goes out after the commit. */
  message(tx: Tx, at: Instant, asked: { readonly customerId: string; readonly template: MessageTemplate; readonly params: Readonly<Record<string, string>> }): Promise<void>;
  /** Sends what waits. Run by a timer. */
  sendMessages(limit: number, untouchedSeconds?: number): Promise<{ readonly sent: number }>;
  me(customerId: string, by: By): Promise<MaskedCustomer | null>;
}

export function createCustomers(deps: CustomersDeps): Customers {
  return {
    signIn: (code, by) => signIn(deps, code, by),
    sessionOf: (token) => sessionOf(deps, token),
    register: (customerId, person, by) => register(deps, customerId, person, by),
    giveConsent: (customerId, given, by) => giveConsent(deps, customerId, given, by),
    withdrawConsent: (customerId, consentId, by) => withdrawConsent(deps, customerId, consentId, by),
    hasConsent: async (customerId, purpose, recipient) => standingConsent(await consentsOf(deps.db, customerId), purpose, recipient) !== null,
    consentsOf: (customerId) => consentsOf(deps.db, customerId),
    identify: (customerId, question, by) => identify(deps, customerId, question, by),
    askIdentity: (customerId, checkId, by) => askIdentity(deps, customerId, checkId, by),
    cardOf: async (customerId) => (await readCustomer(deps.db, customerId))?.card ?? null,
    subjectFor: (purpose, customerId, actor) => subjectFor(deps, purpose, customerId, actor),
    readingsOf: (customerId) => readingsOf(deps.db, customerId),
    message,
    sendMessages: (limit, untouchedSeconds) => sendMessages(deps, limit, untouchedSeconds),
    me: (customerId, by) => me(deps, customerId, by),
  };
}

async function me(deps: CustomersDeps, customerId: string, by: By): Promise<MaskedCustomer | null> {
  const customer = await readCustomer(deps.db, customerId);
  if (customer === null) return null;
  const rest = { customerId, card: customer.card?.last4 ?? null, consents: await consentsOf(deps.db, customerId) };
  if (!isRegistered(customer)) return { ...rest, isRegistered: false, name: null, idNumber: null, phone: null };
  await deps.db.transaction((tx) => insertReading(tx, { id: rowId('rdg'), customerId, purpose: 'own_screen', actor: by.actor, at: by.at }));
  const person = unseal(deps.cipher, customer);
  return { ...rest, isRegistered: true, name: maskName(person.name), idNumber: maskIdNumber(person.idNumber), phone: maskPhone(person.phone) };
}

