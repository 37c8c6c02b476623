-- Applications: where each stands. The document's state follows domain/application.ts; the columns beside it are for finding.
create table origination.application (
  shard int not null,
  id text not null,
  customer_id text not null,
  product_code text not null,
  status text not null,
  version int not null check (version > 0),
  expires_at bigint,
  touched_at timestamptz not null default now(),
  document jsonb not null,
  primary key (shard, id)
);
