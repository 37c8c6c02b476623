create index loan_by_customer on servicing.loan (shard, customer_id);
