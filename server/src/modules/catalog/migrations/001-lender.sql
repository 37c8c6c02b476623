-- A lender as known from a day on. Corrected by a later row, never edited. Small, so all on shard 0 (a reference table where data is spread).
create table catalog.lender (
  shard integer not null,
  code text not null,
  known_from date not null,
  document text not null,
  digest text not null,
  written_at timestamptz not null,
  primary key (shard, code, known_from)
);
