-- Where a payment lives, found by its id alone: `shard` here is the id's own, not the borrower's. Rows are only ever added.
create table payments.payment_home (
  shard integer not null,
  payment_id text not null,
  home_shard integer not null,
  primary key (shard, payment_id)
);
