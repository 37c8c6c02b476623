create index application_by_id on origination.application (id);
