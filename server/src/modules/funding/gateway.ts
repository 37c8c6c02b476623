import type { WireFacts } from './domain/facts.ts';

/** `id` is ours and is the funder's idempotency key: one id, one decision. */
export type FunderQuestion = { readonly id: string; readonly funder: string; readonly facts: WireFacts };

/** What a funder said. `unknown` is not a no: it is asked about by the same id. `never_seen` is the funder's explicit word. */
export type FunderAnswer =
  | { readonly kind: 'yes' }
  | { readonly kind: 'veto'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly seen: string };

export interface FunderGateway {
  decide(question: FunderQuestion): Promise<FunderAnswer>;
  ask(question: Pick<FunderQuestion, 'id' | 'funder'>): Promise<FunderAnswer | { readonly kind: 'never_seen' }>;
}
