-- A question to a funder, written down before it leaves.
create table funding.question (
  shard integer not null,
  id text not null,
  application_id text not null,
  attempt integer not null,
  funder text not null,
  facts text not null,
  asked_at timestamptz not null,
  primary key (shard, id)
);
