/** Why the ledger does not book, in order of checking. After a refusal the caller rolls its transaction back. */
export type LedgerError =
  /** The chart has no such account, no such entity, or that entity may not hold that account. */
  | { readonly code: 'unknown_account'; readonly entity: string; readonly account: string; readonly why: UnknownAccountReason }
  /** An entry of that id stands with other content. */
  | { readonly code: 'journal_id_reused'; readonly id: string }
  /** Its place in its chain is taken, or the entry before it is missing or another one. */
  | { readonly code: 'journal_chain_broken'; readonly id: string; readonly chain: string; readonly chainSeq: number };

export type UnknownAccountReason = 'no_such_entity' | 'no_such_account' | 'counterparty_missing' | 'no_such_counterparty' | 'not_for_this_role';

/** What a reader of the ledger can be refused. */
export type LedgerQueryError = { readonly code: 'chain_not_found'; readonly chain: string };
