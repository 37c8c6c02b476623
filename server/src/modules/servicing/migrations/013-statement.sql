-- Statements that were handed out, so that an old one stays provably ours. `number` counts those of a loan and day; `hash` is the
-- SHA-256 of the canonical JSON without the signature. Rows are only ever added.
create table servicing.statement (
  shard integer not null,
  loan_id text not null,
  as_of date not null,
  number integer not null check (number >= 1),
  id text not null,
  known_through integer not null check (known_through >= 0),
  issued_at timestamptz not null,
  supersedes text,
  hash text not null,
  primary key (shard, loan_id, as_of, number)
);
