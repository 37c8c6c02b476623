-- The told business clock: one row.
create table platform.clock (
  shard integer not null,
  id text not null,
  at timestamptz not null,
  primary key (shard, id)
);
