-- Every reading of personal data: who, for what, when. Written before the data is handed out. Rows are only ever added.
create table customers.reading (
  shard integer not null,
  id text not null,
  customer_id text not null,
  purpose text not null,
  actor_kind text not null,
  actor_id text not null,
  at timestamptz not null,
  primary key (shard, id)
);
