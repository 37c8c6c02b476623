create unique index application_one_open on origination.application (shard, customer_id, product_code)
  where status in ('submitted', 'decided', 'offered', 'identified', 'signed');
