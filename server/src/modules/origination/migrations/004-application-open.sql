create index application_open on origination.application (status, touched_at)
  where status in ('submitted', 'decided', 'offered', 'identified', 'signed');
