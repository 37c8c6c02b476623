-- One loan: its contract, and the last fold of its events as a cache. Changed only with its version.
create table servicing.loan (
  shard integer not null,
  id text not null,
  customer_id text not null,
  contract jsonb not null,
  status text not null check (status in ('awaiting_disbursement', 'cancelled', 'active', 'settled', 'charged_off')),
  version integer not null check (version >= 1),
  sequence integer not null check (sequence >= 0),
  booked_through date,
  next_action_on date,
  unpaid_due_on date,
  bucket text not null,
  principal_outstanding_fen bigint not null check (principal_outstanding_fen >= 0),
  snapshot jsonb not null,
  snapshot_digest text not null,
  chain_seq integer not null check (chain_seq >= 0),
  chain_digest text check ((chain_digest is null) = (chain_seq = 0)),
  primary key (shard, id)
);
