create index decision_of_application on funding.decision (shard, application_id);
