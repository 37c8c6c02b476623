-- Which entries no block holds yet: added with the entry, taken out with the block. A work list, no part of the books.
create table ledger.unsealed_entry (
  shard    int  not null,
  entry_id text not null,
  primary key (shard, entry_id)
);
