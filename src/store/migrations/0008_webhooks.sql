-- Where changes are posted. How many webhooks an organization has stands beside its version, so that one small question finds
-- those with something to post.
alter table organizations add column webhooks integer not null default 0;
create index organizations_with_webhooks on organizations (org_id) where webhooks > 0;

-- version: everything up to it was delivered. delivery_id: drawn for the changes from there to delivery_until, and kept until
-- they are delivered; null: nothing is under way. attempts: failed ones of it. due_at: not before; of a claimed one, when its
-- claim ends. claim: drawn by whoever delivers. kinds: words with blanks between. disabled: why the server gave it up. noted: how
-- many attempts were noted so far.
create table webhooks (
  org_id text not null references organizations (org_id),
  webhook_id text not null, -- sqlite
  webhook_id text collate "C" not null, -- postgres
  name text not null,
  url text not null,
  kinds text not null,
  secret text not null,
  old_secret text,
  old_until bigint,
  enabled smallint not null,
  disabled text,
  version bigint not null,
  delivery_id text,
  delivery_until bigint,
  delivery_at bigint,
  attempts integer not null,
  failing_since bigint,
  claim text,
  due_at bigint not null,
  noted bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (org_id, webhook_id)
);
create index webhooks_by_due on webhooks (org_id, due_at, webhook_id);

-- Attempts to deliver, the latest of each webhook; number counts them from 1.
create table webhook_deliveries (
  org_id text not null references organizations (org_id),
  webhook_id text not null, -- sqlite
  webhook_id text collate "C" not null, -- postgres
  number bigint not null,
  delivery_id text not null,
  started_at bigint not null,
  duration_ms bigint not null,
  status integer,
  error text,
  attempt integer not null,
  changes integer not null,
  test smallint not null,
  primary key (org_id, webhook_id, number),
  foreign key (org_id, webhook_id) references webhooks (org_id, webhook_id)
);

alter table webhooks enable row level security; -- postgres
alter table webhooks force row level security; -- postgres
create policy of_organization on webhooks using (org_id = current_setting('app.org_id', true)) with check (org_id = current_setting('app.org_id', true)); -- postgres

alter table webhook_deliveries enable row level security; -- postgres
alter table webhook_deliveries force row level security; -- postgres
create policy of_organization on webhook_deliveries using (org_id = current_setting('app.org_id', true)) with check (org_id = current_setting('app.org_id', true)); -- postgres
