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
