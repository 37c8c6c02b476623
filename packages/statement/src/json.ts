/** The door `@mingdai/statement/json`: terms and events in JSON, without what signs and checks. For who stores, sends or reads them. */
export { eventFromJson, eventFromPayload, eventToJson, payloadToJson, type EventJson, type EventPayload } from './event-json.ts';
export { termsFromJson, termsToJson, type TermsJson } from './terms-json.ts';
