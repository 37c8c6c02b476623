-- Signed blocks of sealed entries, one chain for each shard. Rows are only ever added.
create table ledger.block (
  shard         int         not null,
  number        int         not null check (number >= 1),
  previous_hash text        check ((previous_hash is null) = (number = 1)),
  sealed_at     timestamptz not null,
  entry_ids     text[]      not null,
  entry_digests text[]      not null,
  hash          text        not null,
  key_id        text        not null,
  signature     text        not null,
  primary key (shard, number)
);
