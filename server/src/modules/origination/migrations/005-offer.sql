-- Offers: the whole document with its cost sheet. Another day or price is another row. Rows are only ever added.
create table origination.offer (
  shard int not null,
  id text not null,
  application_id text not null,
  sheet_hash text not null,
  made_at bigint not null,
  document jsonb not null,
  primary key (shard, id)
);
