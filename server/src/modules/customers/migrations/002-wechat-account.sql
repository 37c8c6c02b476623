-- Who signs in with which WeChat account; `shard` is the account's own hash.
create table customers.wechat_account (
  shard integer not null,
  openid_blind text not null,
  customer_id text not null,
  primary key (shard, openid_blind)
);
