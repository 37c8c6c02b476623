-- The whitelist (B1): SHA-256 of the ID number; shard is its first byte.
create table decisioning.invitation (
  shard          int         not null,
  id_number_hash text        not null check (length(id_number_hash) = 64),
  invited_at     timestamptz not null,
  invited_by     text        not null,
  primary key (shard, id_number_hash)
);
