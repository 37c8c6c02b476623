-- The strategies that decided, kept beside the decisions they made, so that these can be made again. Rows are only ever added.
create table decisioning.strategy (
  shard         int         not null,
  hash          text        not null,
  code          text        not null,
  version       int         not null,
  document      text        not null,
  first_used_at timestamptz not null,
  primary key (shard, hash)
);
