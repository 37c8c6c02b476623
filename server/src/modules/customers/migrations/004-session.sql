-- Tokens are kept as SHA-256 only; `shard` is that hash's own. Times are the business clock's.
create table customers.session (
  shard integer not null,
  token_sha256 text not null,
  customer_id text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (shard, token_sha256)
);
