-- One order to the bank, or one transfer that came in. Changed only with its version.
create table payments.payment (
  shard integer not null,
  id text not null,
  kind text not null check (kind in ('payout', 'debit', 'transfer_in')),
  reference text not null,
  purpose text not null,
  amount_fen bigint not null check (amount_fen > 0),
  card_token text,
  requested_at timestamptz not null,
  status text not null check (status in ('requested', 'sent', 'unknown', 'settled', 'refused', 'returned')),
  attempts integer not null default 0,
  seen text,
  reason text,
  value_on date,
  returned_on date,
  version integer not null default 1,
  touched_at timestamptz not null default now(),
  primary key (shard, id)
);
