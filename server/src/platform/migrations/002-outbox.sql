-- News of one module for the others, kept with the change that caused it.
create table platform.outbox (
  shard integer not null,
  id text not null,
  type text not null,
  subject text not null,
  at timestamptz not null,
  payload text not null,
  written_at timestamptz not null default now(),
  delivered_at timestamptz,
  tries integer not null default 0,
  last_error text,
  primary key (shard, id)
);
