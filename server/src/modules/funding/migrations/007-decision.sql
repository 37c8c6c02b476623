-- A funder's own decision about one loan (ILOAN-011): recorded before payout, never edited.
create table funding.decision (
  shard integer not null,
  id text not null,
  application_id text not null,
  attempt integer not null,
  funder text not null,
  share_ppm bigint not null,
  decision text not null check (decision in ('yes', 'veto')),
  reason text,
  decided_at timestamptz not null,
  primary key (shard, id)
);
