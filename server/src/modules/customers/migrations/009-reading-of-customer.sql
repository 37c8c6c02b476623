create index reading_of_customer on customers.reading (shard, customer_id, at);
