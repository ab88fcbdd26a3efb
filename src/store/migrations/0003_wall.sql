-- A second wall between organizations: PostgreSQL itself shows and takes only rows of the organization that the transaction
-- has named. Forced, because the role that the server runs as owns the tables. Only lines for PostgreSQL: SQLite has no such thing.

alter table athletes enable row level security; -- postgres
alter table athletes force row level security; -- postgres
create policy of_organization on athletes using (org_id = current_setting('app.org_id', true)) with check (org_id = current_setting('app.org_id', true)); -- postgres

alter table assessments enable row level security; -- postgres
alter table assessments force row level security; -- postgres
create policy of_organization on assessments using (org_id = current_setting('app.org_id', true)) with check (org_id = current_setting('app.org_id', true)); -- postgres

alter table exercises enable row level security; -- postgres
alter table exercises force row level security; -- postgres
create policy of_organization on exercises using (org_id = current_setting('app.org_id', true)) with check (org_id = current_setting('app.org_id', true)); -- postgres

alter table sessions enable row level security; -- postgres
alter table sessions force row level security; -- postgres
create policy of_organization on sessions using (org_id = current_setting('app.org_id', true)) with check (org_id = current_setting('app.org_id', true)); -- postgres

alter table tombstones enable row level security; -- postgres
alter table tombstones force row level security; -- postgres
create policy of_organization on tombstones using (org_id = current_setting('app.org_id', true)) with check (org_id = current_setting('app.org_id', true)); -- postgres

alter table loose_objects enable row level security; -- postgres
alter table loose_objects force row level security; -- postgres
create policy of_organization on loose_objects using (org_id = current_setting('app.org_id', true)) with check (org_id = current_setting('app.org_id', true)); -- postgres

alter table reports enable row level security; -- postgres
alter table reports force row level security; -- postgres
create policy of_organization on reports using (org_id = current_setting('app.org_id', true)) with check (org_id = current_setting('app.org_id', true)); -- postgres

alter table channels enable row level security; -- postgres
alter table channels force row level security; -- postgres
create policy of_organization on channels using (org_id = current_setting('app.org_id', true)) with check (org_id = current_setting('app.org_id', true)); -- postgres

alter table jobs enable row level security; -- postgres
alter table jobs force row level security; -- postgres
create policy of_organization on jobs using (org_id = current_setting('app.org_id', true)) with check (org_id = current_setting('app.org_id', true)); -- postgres
