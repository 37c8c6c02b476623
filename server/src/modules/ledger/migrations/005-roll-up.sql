-- Up to which block the totals of a shard have been summed. Rows are only ever added.
create table ledger.roll_up (
  shard         int not null,
  number        int not null check (number >= 1),
  through_block int not null,
  primary key (shard, number)
);
