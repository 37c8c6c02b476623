create index pool_delta_waiting on servicing.pool_delta (value_on) where taken_on is null;
