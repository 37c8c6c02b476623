-- What waits for a person or for another try, by name and since when: money that no loan can take, refunds the bank refused.
create table servicing.open_item (
  shard integer not null,
  reference text not null,
  id text not null,
  kind text not null check (kind in ('money_unplaced', 'refund_refused')),
  amount_fen bigint not null check (amount_fen > 0),
  why text not null,
  tries integer not null check (tries >= 1),
  opened_on date not null,
  closed_on date,
  primary key (shard, reference, id)
);
