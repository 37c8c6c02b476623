/** The first thing in the books that disagrees with its own proof. Names the entry or the block. Source docs/specs/sealing.md §4. */
export type Fault =
  | { readonly kind: EntryFaultKind; readonly shard: number; readonly entry: string; readonly chain: string; readonly chainSeq: number; readonly detail: string }
  /** A block holds an entry that is no longer in the books. */
  | { readonly kind: 'entry_missing'; readonly shard: number; readonly entry: string; readonly block: number; readonly detail: string }
  /** Postings whose entry is not in the books. */
  | { readonly kind: 'posting_without_entry'; readonly shard: number; readonly entry: string; readonly detail: string }
  | { readonly kind: BlockFaultKind; readonly shard: number; readonly block: number; readonly detail: string }
  | { readonly kind: 'roll_up_differs'; readonly shard: number; readonly detail: string };

export type EntryFaultKind =
  /** Its content gives another digest than the one kept with it. */
  | 'entry_altered'
  /** Its digest is not the one its block holds. */
  | 'entry_differs_from_block'
  /** It does not follow from the entry before it in its chain. */
  | 'chain_broken'
  /** It is in no block and not waiting for one: it did not come in through the door. */
  | 'entry_not_sealed'
  /** Debits are not credits for some entity. */
  | 'entry_unbalanced';

export type BlockFaultKind =
  | 'block_missing'
  /** Its content gives another hash than the one kept with it. */
  | 'block_altered'
  /** It does not follow from the block before it. */
  | 'block_chain_broken'
  | 'block_signature_wrong'
  /** Signed by a key this installation does not trust. */
  | 'block_key_unknown'
  /** Not the block that was exported earlier under that number. */
  | 'block_differs_from_witness';
