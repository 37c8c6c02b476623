-- Every change of state that was asked for: who asked what, when, under which key, and what was answered.
-- The row is both the idempotency record and the audit record. It is made when the work begins, so that a
-- second request with the same key waits for the first.
create table platform.command (
  shard integer not null,
  name text not null,
  key text not null,
  input_hash text not null,
  actor_kind text not null,
  actor_id text not null,
  at timestamptz not null,
  outcome text,
  answer text,
  primary key (shard, name, key)
);

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

create index outbox_waiting on platform.outbox (shard, written_at) where delivered_at is null;

-- The told business clock: one row.
create table platform.clock (
  shard integer not null,
  id text not null,
  at timestamptz not null,
  primary key (shard, id)
);
