-- The change feed: for every kind of record an index in the order of versions, of which an answer is one short range.

create index athletes_by_version on athletes (org_id, version, athlete_id);
create index assessments_by_version on assessments (org_id, version, assessment_id);
create index exercises_by_version on exercises (org_id, version, exercise_id);
create index sessions_by_version on sessions (org_id, listed, version, session_id);

-- report_changed: version at which the current report became current. It stands here because the table of reports holds
-- every earlier one too, and an archive that was computed again would have nothing else for a million rows.
alter table sessions add column report_changed bigint not null default 0;
update sessions set report_changed = reports.version from reports
  where reports.org_id = sessions.org_id and reports.session_id = sessions.session_id
    and reports.report_version = sessions.report_version;
create index sessions_by_report on sessions (org_id, listed, report_changed, session_id);

create index tombstones_by_kind on tombstones (org_id, kind, version, record_id);
