-- A pool at the end of a day, exact, and what of it stands in the general ledger. Rows are only ever added.
create table servicing.pool_day (
  shard integer not null,
  pool text not null,
  on_day date not null,
  level numeric not null,
  slope numeric not null,
  charged_fen bigint not null,
  rounding numeric not null,
  income_booked_fen bigint not null,
  rounding_booked_fen bigint not null,
  chain_seq integer not null check (chain_seq >= 0),
  chain_digest text,
  primary key (shard, pool, on_day)
);
