-- What a funder agreed to lend, what is held for loans on their way, and what was lent. On the funder's own shard: each reservation
-- is one short transaction there.
create table funding.quota (
  shard integer not null,
  funder text not null,
  limit_fen bigint not null check (limit_fen >= 0),
  reserved_fen bigint not null check (reserved_fen >= 0),
  lent_fen bigint not null check (lent_fen >= 0),
  primary key (shard, funder),
  constraint quota_never_exceeded check (reserved_fen + lent_fen <= limit_fen)
);
