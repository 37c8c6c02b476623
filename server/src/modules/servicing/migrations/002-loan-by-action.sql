-- What the close of day looks at: loans on which time alone will change something.
create index loan_by_next_action on servicing.loan (next_action_on) where next_action_on is not null;
