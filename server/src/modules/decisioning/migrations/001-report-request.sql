-- Which reports were asked for, under which consent and purpose (DATA-001). Written before the question leaves; rows are only ever added.
create table decisioning.report_request (
  shard          int         not null,
  id             text        not null,
  application_id text        not null,
  customer_id    text        not null,
  source         text        not null check (source in ('bureau', 'behaviour')),
  supplier       text        not null,
  consent_id     text        not null,
  purpose        text        not null,
  asked_at       timestamptz not null,
  primary key (shard, id)
);
