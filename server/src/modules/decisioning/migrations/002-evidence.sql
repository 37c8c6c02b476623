-- Evidence snapshots: canonical JSON and its SHA-256. Rows are only ever added.
create table decisioning.evidence (
  shard          int         not null,
  id             text        not null,
  application_id text        not null,
  customer_id    text        not null,
  taken_at       timestamptz not null,
  document       text        not null,
  hash           text        not null,
  primary key (shard, id)
);
