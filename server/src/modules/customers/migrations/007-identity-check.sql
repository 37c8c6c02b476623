-- Face and four-factor checks (C3). The card number is not kept: a blind, its last four digits, and the token a pass brings.
create table customers.identity_check (
  shard integer not null,
  id text not null,
  customer_id text not null,
  card_blind text not null,
  card_last4 text not null,
  outcome text not null check (outcome in ('started', 'pass', 'fail', 'unknown')),
  reasons text[] not null default '{}',
  card_token text,
  started_at timestamptz not null,
  settled_at timestamptz,
  primary key (shard, id)
);
