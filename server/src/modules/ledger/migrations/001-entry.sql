-- The journal. Rows are only ever added. Kept 30 years (DATA-019).
create table ledger.entry (
  shard           int    not null,
  id              text   not null,
  chain           text   not null,
  chain_seq       int    not null check (chain_seq >= 1),
  previous_digest text   check ((previous_digest is null) = (chain_seq = 1)),
  digest          text   not null,
  kind            text   not null,
  booked_on       date   not null,
  value_on        date   not null,
  cause           text   not null,
  primary key (shard, id),
  unique (shard, chain, chain_seq)
);
