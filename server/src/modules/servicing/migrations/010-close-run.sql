-- Closes of day that came to their end. The latest `through` is the last day whose books are closed.
create table servicing.close_run (
  shard integer not null,
  id text not null,
  through date not null,
  closed_at timestamptz not null,
  loans integer not null,
  events integer not null,
  entries integer not null,
  pool_entries integer not null,
  folded_again integer not null,
  milliseconds integer not null,
  primary key (shard, id)
);
