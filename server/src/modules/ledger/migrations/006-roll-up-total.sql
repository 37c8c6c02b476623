-- What the blocks of one roll-up add to each day's totals. Rows are only ever added.
create table ledger.roll_up_total (
  shard      int    not null,
  roll_up    int    not null,
  booked_on  date   not null,
  entity     text   not null,
  account    text   not null,
  debit_fen  bigint not null check (debit_fen >= 0),
  credit_fen bigint not null check (credit_fen >= 0),
  primary key (shard, roll_up, booked_on, entity, account)
);
