-- Places in the list that sessions left, by another time of recording or by their removal: who keeps the list in order
-- learns from the session alone where it stands now, and not where it stood.
create table moves (
  org_id text not null references organizations (org_id),
  version bigint not null,
  session_id text not null, -- sqlite
  session_id text collate "C" not null, -- postgres
  recorded_at bigint not null,
  primary key (org_id, version, session_id)
);
alter table moves enable row level security; -- postgres
alter table moves force row level security; -- postgres
create policy of_organization on moves using (org_id = current_setting('app.org_id', true)) with check (org_id = current_setting('app.org_id', true)); -- postgres
