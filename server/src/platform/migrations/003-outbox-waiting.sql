create index outbox_waiting on platform.outbox (shard, written_at) where delivered_at is null;
