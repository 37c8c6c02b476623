create index reservation_of_application on funding.reservation (shard, application_id);
