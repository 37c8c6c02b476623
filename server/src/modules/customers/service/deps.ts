import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import type { FieldCipher } from '../../../platform/secrets.ts';
import type { Db, Funnel } from '../../../platform/tx.ts';
import type { IdentityGateway, LoginGateway, SmsGateway } from '../gateways.ts';
import type { CustomerRow, Registration } from '../repository/customers.ts';

export type CustomersDeps = {
  readonly db: Db;
  readonly funnel: Funnel;
  readonly clock: Clock;
  readonly cipher: FieldCipher;
  readonly wechat: LoginGateway;
  readonly identity: IdentityGateway;
  readonly sms: SmsGateway;
  /** Id numbers of area 99 belong to nobody (ID-002): true where the outside world is played, false in production. */
  readonly acceptsSyntheticIds: boolean;
  /** Days a session lasts on the business clock; 30 unless said otherwise. */
  readonly sessionDays?: number;
};

/** The blinds: what finds a row without telling what it holds. */
export const blinds = (cipher: FieldCipher) => ({
  openid: (openid: string) => cipher.blind(openid, 'customers.openid'),
  idNumber: (idNumber: string) => cipher.blind(idNumber, 'customers.id_number'),
  card: (cardNumber: string) => cipher.blind(cardNumber, 'customers.card'),
  /** The name under which other modules know a person without knowing who it is. */
  subject: (idNumber: string) => `sub_${cipher.blind(idNumber, 'customers.subject').slice(0, 32)}`,
});

export type Person = { readonly name: string; readonly idNumber: string; readonly phone: string };

/** Each field opens only for its own customer. */
const context = (field: keyof Person, customerId: string): string => `customers.${field}/${customerId}`;

export const seal = (cipher: FieldCipher, customerId: string, person: Person): Registration => ({
  nameSealed: cipher.encrypt(person.name, context('name', customerId)),
  idNumberSealed: cipher.encrypt(person.idNumber, context('idNumber', customerId)),
  phoneSealed: cipher.encrypt(person.phone, context('phone', customerId)),
  idNumberBlind: blinds(cipher).idNumber(person.idNumber),
});

/** Opens what was sealed. Every caller has noted the reading first. */
export const unseal = (cipher: FieldCipher, customer: CustomerRow & { registration: Registration }): Person => ({
  name: cipher.decrypt(customer.registration.nameSealed, context('name', customer.id)),
  idNumber: cipher.decrypt(customer.registration.idNumberSealed, context('idNumber', customer.id)),
  phone: cipher.decrypt(customer.registration.phoneSealed, context('phone', customer.id)),
});

export type RegisteredCustomer = CustomerRow & { registration: Registration };
export const isRegistered = (customer: CustomerRow): customer is RegisteredCustomer => customer.registration !== null;

/** A name for a row nobody outside asks for. */
export const rowId = (prefix: 'msg' | 'rdg'): string => `${prefix}_${randomUUID().replaceAll('-', '')}`;
export const once = (): string => randomUUID();
