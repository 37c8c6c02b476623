-- Decisions, whole: canonical JSON and its SHA-256. The other columns repeat it for questions. Rows are only ever added.
create table decisioning.decision (
  shard          int         not null,
  id             text        not null,
  application_id text        not null,
  customer_id    text        not null,
  evidence_id    text        not null,
  outcome        text        not null check (outcome in ('approve', 'decline', 'refer')),
  limit_fen      bigint      check (limit_fen >= 0),
  price_ppm      bigint      check (price_ppm >= 0),
  strategy_hash  text        not null,
  decided_at     timestamptz not null,
  document       text        not null,
  digest         text        not null,
  primary key (shard, id),
  check ((outcome = 'approve') = (limit_fen is not null and price_ppm is not null))
);
