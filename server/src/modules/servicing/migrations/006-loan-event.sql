-- What happened to a loan, in the order in which we learned of it. Rows are only ever added.
create table servicing.loan_event (
  shard integer not null,
  loan_id text not null,
  sequence integer not null check (sequence >= 1),
  id text not null,
  kind text not null,
  value_on date not null,
  booked_at timestamptz not null,
  payload jsonb not null,
  primary key (shard, loan_id, sequence)
);
