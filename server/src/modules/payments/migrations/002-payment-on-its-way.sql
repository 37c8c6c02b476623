-- What may have stopped half-way: `touched_at` is the machine's time, for the business clock may stand still.
create index payment_on_its_way on payments.payment (shard, touched_at) where status in ('requested', 'sent');
