create table funding.reservation (
  shard integer not null,
  id text not null,
  funder text not null,
  application_id text not null,
  attempt integer not null,
  amount_fen bigint not null check (amount_fen > 0),
  state text not null check (state in ('held', 'lent', 'released')),
  held_at timestamptz not null,
  settled_at timestamptz,
  primary key (shard, id)
);
