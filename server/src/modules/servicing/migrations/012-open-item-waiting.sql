create index open_item_waiting on servicing.open_item (opened_on) where closed_on is null;
