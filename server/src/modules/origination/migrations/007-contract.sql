-- Contracts as they were signed: the whole document and its SHA-256. Rows are only ever added.
create table origination.contract (
  shard int not null,
  id text not null,
  application_id text not null,
  loan_id text not null,
  signed_at bigint not null,
  digest text not null,
  document jsonb not null,
  primary key (shard, id)
);
