import type { LoanRecordReply } from '@mingdai/contract';
import type { LoanEvent, LoanTerms } from '@mingdai/loan-math';
import { eventFromJson, termsFromJson } from '@mingdai/statement/json';

/** A loan's contract as the arithmetic takes it. Throws RangeError when the record is not as a server writes it. */
export const termsOf = ({ terms }: LoanRecordReply): LoanTerms => termsFromJson(terms);

/** What has happened to a loan, as the arithmetic takes it. */
export const eventsOf = ({ events }: LoanRecordReply): LoanEvent[] => events.map(eventFromJson);
