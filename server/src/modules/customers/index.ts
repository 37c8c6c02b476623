/** The door of customers: who people are. Personal data leaves only as a token, masked, or by a named question. */
export { identityGateway } from './adapters/identity/gateway.ts';
export { smsGateway } from './adapters/sms/gateway.ts';
export { wechatLogin } from './adapters/wechat/gateway.ts';
export type { Consent, ConsentPurpose } from './domain/consent.ts';
export { ageOn } from './domain/id-number.ts';
export type { IdentityReason } from './domain/identity-check.ts';
export type { MessageTemplate } from './domain/message.ts';
export type { CustomersError } from './errors.ts';
export type { CheckQuestion, IdentityGateway, LoginAnswer, LoginGateway, SmsGateway, SmsMessage } from './gateways.ts';
export { registerCustomersJobs } from './jobs.ts';
export { customersRoutes, customersStatusOf } from './routes.ts';
export { createCustomers, type Customers, type MaskedCustomer } from './service/customers.ts';
export type { ConsentGiven } from './service/consents.ts';
export type { CustomersDeps, Person } from './service/deps.ts';
export type { Identified, IdentityQuestion } from './service/identify.ts';
export type { RegisteredApplicant } from './service/register.ts';
export type { SignedIn } from './service/sign-in.ts';
export type { Subject, SubjectPurpose } from './service/subject.ts';
