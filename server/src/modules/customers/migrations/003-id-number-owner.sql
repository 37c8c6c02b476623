-- One person, one customer; `shard` is the id number's own hash.
create table customers.id_number_owner (
  shard integer not null,
  id_number_blind text not null,
  customer_id text not null,
  primary key (shard, id_number_blind)
);
