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
