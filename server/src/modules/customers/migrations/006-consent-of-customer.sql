create index consent_of_customer on customers.consent (shard, customer_id);
