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
