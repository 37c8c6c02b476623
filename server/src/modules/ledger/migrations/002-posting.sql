-- The lines of the journal: debit positive, credit negative. Rows are only ever added.
create table ledger.posting (
  shard    int    not null,
  entry_id text   not null,
  line     int    not null check (line >= 1),
  entity   text   not null,
  account  text   not null,
  net_fen  bigint not null check (net_fen <> 0),
  primary key (shard, entry_id, line)
);
