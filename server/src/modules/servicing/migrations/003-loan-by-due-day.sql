-- What a run of direct debits looks at.
create index loan_by_unpaid_due on servicing.loan (unpaid_due_on) where unpaid_due_on is not null;
