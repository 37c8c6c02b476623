-- What a change of a loan adds to an interest pool. Added with the change; the close of day notes when it took it in.
-- numeric: 10 million loans overflow a bigint within days.
create table servicing.pool_delta (
  shard integer not null,
  loan_id text not null,
  loan_version integer not null,
  line integer not null check (line >= 1),
  pool text not null,
  value_on date not null,
  level numeric not null,
  slope numeric not null,
  charged_fen bigint not null,
  rounding numeric not null,
  taken_on date,
  primary key (shard, loan_id, loan_version, line)
);
