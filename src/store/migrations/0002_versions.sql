-- Reports in versions, repetitions and processing as data, a dictionary of channels per organization, a queue of jobs.

alter table exercises add column knee_flexion text not null default 'as recorded';

-- processing: JSON of what differs from the default. repetitions: JSON of what a person set; null: found automatically.
alter table sessions add column processing text;
alter table sessions add column repetitions text;
alter table sessions add column pipeline_version integer not null default 1;
create index sessions_by_pipeline on sessions (org_id, pipeline_version, session_id);

-- Every report that a session ever had. object is the report's key below the session's prefix.
create table reports (
  org_id text not null references organizations (org_id),
  session_id text not null, -- sqlite
  session_id text collate "C" not null, -- postgres
  report_version bigint not null,
  object text not null,
  series_version bigint not null,
  pipeline_version integer not null,
  reason text not null,
  computed_at bigint not null,
  version bigint not null,
  primary key (org_id, session_id, report_version),
  foreign key (org_id, session_id) references sessions (org_id, session_id)
);
insert into reports (org_id, session_id, report_version, object, series_version, pipeline_version, reason, computed_at, version)
  select org_id, session_id, 1, 'report-' || report_version, series_version, 1, 'recorded', updated_at, version from sessions;
update sessions set report_version = 1;

-- Entries of an organization's own, which go before the built-in ones of the same name.
create table channels (
  org_id text not null references organizations (org_id),
  channel text not null, -- sqlite
  channel text collate "C" not null, -- postgres
  entry text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (org_id, channel)
);

-- Work to do later. state: waiting, running, done, failed. due_at: not before; of a running job, when its claim ends; null
-- when nothing is left to do. claim: drawn by whoever runs it. anyway 0: only if the session's report is older than pipeline_version.
create table jobs (
  org_id text not null references organizations (org_id),
  job_id text not null,
  kind text not null,
  subject text not null,
  state text not null,
  anyway smallint not null,
  pipeline_version integer not null,
  attempts integer not null,
  claim text,
  due_at bigint,
  error text,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (org_id, job_id)
);
create index jobs_by_due on jobs (org_id, due_at, job_id);
create index jobs_by_state on jobs (org_id, state, updated_at, job_id);
