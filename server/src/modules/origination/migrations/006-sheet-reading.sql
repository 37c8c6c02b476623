-- Who opened and who confirmed which version of a cost sheet, and when (RATE-005): the first of each stands. Rows are only ever added.
create table origination.sheet_reading (
  shard int not null,
  application_id text not null,
  sheet_hash text not null,
  kind text not null check (kind in ('opened', 'confirmed')),
  at bigint not null,
  evidence jsonb not null,
  primary key (shard, application_id, sheet_hash, kind)
);
