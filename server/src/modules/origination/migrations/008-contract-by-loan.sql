create index contract_by_loan on origination.contract (shard, loan_id);
