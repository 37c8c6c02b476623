create index payment_by_value_day on payments.payment (shard, value_on);
