-- A person who signed in. What names a person is sealed (AES-256-GCM) field by field; `id_number_blind` finds, but does not tell.
create table customers.customer (
  shard integer not null,
  id text not null,
  created_at timestamptz not null,
  name_sealed text,
  id_number_sealed text,
  phone_sealed text,
  id_number_blind text,
  registered_at timestamptz,
  card_token text,
  card_last4 text,
  version integer not null default 1,
  primary key (shard, id)
);

-- Who signs in with which WeChat account; `shard` is the account's own hash.
create table customers.wechat_account (
  shard integer not null,
  openid_blind text not null,
  customer_id text not null,
  primary key (shard, openid_blind)
);

-- One person, one customer; `shard` is the id number's own hash.
create table customers.id_number_owner (
  shard integer not null,
  id_number_blind text not null,
  customer_id text not null,
  primary key (shard, id_number_blind)
);

-- Tokens are kept as SHA-256 only; `shard` is that hash's own. Times are the business clock's.
create table customers.session (
  shard integer not null,
  token_sha256 text not null,
  customer_id text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (shard, token_sha256)
);

-- Each consent for itself, with the very text; withdrawn, never removed.
create table customers.consent (
  shard integer not null,
  id text not null,
  customer_id text not null,
  purpose text not null,
  recipient text not null,
  text_version integer not null,
  text text not null,
  given_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (shard, id)
);

create index consent_of_customer on customers.consent (shard, customer_id);

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

-- Every reading of personal data: who, for what, when. Written before the data is handed out.
create table customers.reading (
  shard integer not null,
  id text not null,
  customer_id text not null,
  purpose text not null,
  actor_kind text not null,
  actor_id text not null,
  at timestamptz not null,
  primary key (shard, id)
);

create index reading_of_customer on customers.reading (shard, customer_id, at);

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

create index message_waiting on customers.message (shard, touched_at) where status in ('queued', 'sending', 'unknown');
