-- Text messages, and what became of them. `touched_at` is the machine's time.
create table customers.message (
  shard integer not null,
  id text not null,
  customer_id text not null,
  template text not null,
  params text not null,
  status text not null check (status in ('queued', 'sending', 'delivered', 'refused', 'unknown', 'given_up')),
  attempts integer not null default 0,
  asked_at timestamptz not null,
  touched_at timestamptz not null default now(),
  primary key (shard, id)
);
