-- A product version, immutable. The one that holds on a day is the latest that is effective by then.
create table catalog.product_version (
  shard integer not null,
  code text not null,
  version integer not null check (version >= 1),
  effective_on date not null,
  document text not null,
  digest text not null,
  price_check text not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (shard, code, version)
);
