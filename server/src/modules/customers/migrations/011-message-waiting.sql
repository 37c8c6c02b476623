create index message_waiting on customers.message (shard, touched_at) where status in ('queued', 'sending', 'unknown');
