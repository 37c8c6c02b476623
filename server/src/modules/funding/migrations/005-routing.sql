-- Who was chosen for an application, attempt by attempt (a veto makes the next one). On the borrower's shard, never edited.
create table funding.routing (
  shard integer not null,
  application_id text not null,
  attempt integer not null check (attempt >= 1),
  document text not null,
  routed_at timestamptz not null,
  primary key (shard, application_id, attempt)
);
