-- A loan found by its id alone.
create index loan_by_id on servicing.loan (id);
