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

-- What may have stopped half-way: `touched_at` is the machine's time, for the business clock may stand still.
create index payment_on_its_way on payments.payment (shard, touched_at) where status in ('requested', 'sent');

create index payment_by_value_day on payments.payment (shard, value_on);

-- Where a payment lives, found by its id alone: `shard` here is the id's own, not the borrower's.
create table payments.payment_home (
  shard integer not null,
  payment_id text not null,
  home_shard integer not null,
  primary key (shard, payment_id)
);
