import type { Instant } from './instant.ts';

/** Who asks. Written into the audit record of every change. */
export type Actor =
  | { readonly kind: 'borrower'; readonly id: string }
  | { readonly kind: 'operator'; readonly id: string }
  | { readonly kind: 'provider'; readonly id: string }
  | { readonly kind: 'system'; readonly id: string };

export const system = (id: string): Actor => ({ kind: 'system', id });

/** What every command is told by its edge: the caller's idempotency key, who asks, and when. */
export type By = { readonly key: string; readonly actor: Actor; readonly at: Instant };
