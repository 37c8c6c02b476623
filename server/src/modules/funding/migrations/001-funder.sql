-- A funder as known from a day on, corrected by a later row. Small, so all on shard 0 (a reference table where data is spread).
create table funding.funder (
  shard integer not null,
  code text not null,
  known_from date not null,
  document text not null,
  digest text not null,
  written_at timestamptz not null,
  primary key (shard, code, known_from)
);
