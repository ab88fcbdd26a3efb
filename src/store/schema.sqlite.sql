-- The schema on SQLite after all migrations. Written by: node scripts/dump-schema.mjs

CREATE TABLE api_keys (
  key_id text not null primary key,
  org_id text not null references organizations (org_id),
  name text not null,
  key_hash text not null unique,
  scopes text not null,
  body_form text not null,
  expires_at bigint,
  revoked_at bigint,
  created_at bigint not null
);

CREATE INDEX api_keys_by_organization on api_keys (org_id, key_id);

CREATE TABLE assessments (
  org_id text not null references organizations (org_id),
  assessment_id text not null,
  name text not null,
  athlete_id text,
  held_at bigint not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (org_id, assessment_id),
  foreign key (org_id, athlete_id) references athletes (org_id, athlete_id)
);

CREATE INDEX assessments_by_athlete on assessments (org_id, athlete_id, held_at);

CREATE INDEX assessments_by_version on assessments (org_id, version, assessment_id);

CREATE TABLE athletes (
  org_id text not null references organizations (org_id),
  athlete_id text not null,
  first_name text not null,
  last_name text not null,
  external_id text,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (org_id, athlete_id),
  unique (org_id, external_id)
);

CREATE INDEX athletes_by_version on athletes (org_id, version, athlete_id);

CREATE TABLE channels (
  org_id text not null references organizations (org_id),
  channel text not null,
  entry text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (org_id, channel)
);

CREATE TABLE clients (
  client_id text not null primary key,
  org_id text references organizations (org_id),
  name text not null,
  body_form text not null,
  created_at bigint not null
);

CREATE INDEX clients_by_organization on clients (org_id, client_id);

CREATE TABLE counters (
  name text not null primary key,
  value bigint not null
);

CREATE TABLE exercises (
  org_id text not null references organizations (org_id),
  exercise_id text not null,
  name text not null,
  category text not null,
  primary_channel text,
  polarity smallint not null,
  metrics text,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null, knee_flexion text not null default 'as recorded',
  primary key (org_id, exercise_id),
  unique (org_id, name)
);

CREATE INDEX exercises_by_version on exercises (org_id, version, exercise_id);

CREATE TABLE failed_sign_ins (
  pair text not null primary key,
  failures integer not null,
  ends_at bigint not null
);

CREATE INDEX failed_sign_ins_by_end on failed_sign_ins (ends_at);

CREATE TABLE issuers (
  issuer text not null primary key,
  created_at bigint not null
);

CREATE TABLE jobs (
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

CREATE INDEX jobs_by_due on jobs (org_id, due_at, job_id);

CREATE INDEX jobs_by_state on jobs (org_id, state, updated_at, job_id);

CREATE TABLE loose_objects (
  org_id text not null references organizations (org_id),
  prefix text not null,
  due_at bigint not null,
  claimed smallint not null,
  primary key (org_id, prefix)
);

CREATE INDEX loose_objects_by_due on loose_objects (org_id, due_at);

CREATE TABLE migrations (id integer not null primary key, name text not null, applied_at bigint not null);

CREATE TABLE moves (
  org_id text not null references organizations (org_id),
  version bigint not null,
  session_id text not null,
  recorded_at bigint not null,
  primary key (org_id, version, session_id)
);

CREATE TABLE organizations (
  org_id text not null primary key,
  name text not null,
  version bigint not null,
  created_at bigint not null
, webhooks integer not null default 0);

CREATE INDEX organizations_with_webhooks on organizations (org_id) where webhooks > 0;

CREATE TABLE reports (
  org_id text not null references organizations (org_id),
  session_id text not null,
  report_version bigint not null,
  object text not null,
  series_version bigint not null,
  pipeline_version integer not null,
  reason text not null,
  computed_at bigint not null,
  version bigint not null, flat text,
  primary key (org_id, session_id, report_version),
  foreign key (org_id, session_id) references sessions (org_id, session_id)
);

CREATE TABLE secrets (
  name text not null primary key,
  value text not null
);

CREATE TABLE sessions (
  org_id text not null references organizations (org_id),
  session_id text not null,
  recorded_at bigint not null,
  athlete_id text not null,
  assessment_id text,
  exercise_id text not null,
  session_name text not null,
  kind text not null,
  listed smallint not null,
  duration_s double precision not null,
  s3_key text not null,
  wire text not null,
  source_name text not null,
  source_sha256 text not null,
  source_bytes bigint not null,
  source_rate_hz double precision,
  objects text not null,
  series_version integer not null,
  report_version integer not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null, processing text, repetitions text, pipeline_version integer not null default 1, report_changed bigint not null default 0,
  primary key (org_id, session_id),
  unique (org_id, s3_key),
  foreign key (org_id, athlete_id) references athletes (org_id, athlete_id),
  foreign key (org_id, assessment_id) references assessments (org_id, assessment_id),
  foreign key (org_id, exercise_id) references exercises (org_id, exercise_id)
);

CREATE INDEX sessions_by_assessment on sessions (org_id, assessment_id, listed, recorded_at, session_id);

CREATE INDEX sessions_by_athlete on sessions (org_id, athlete_id, listed, recorded_at, session_id);

CREATE INDEX sessions_by_exercise on sessions (org_id, exercise_id, listed, recorded_at, session_id);

CREATE INDEX sessions_by_name on sessions (org_id, session_name, listed, recorded_at, session_id);

CREATE INDEX sessions_by_pipeline on sessions (org_id, pipeline_version, session_id);

CREATE INDEX sessions_by_report on sessions (org_id, listed, report_changed, session_id);

CREATE INDEX sessions_by_time on sessions (org_id, listed, recorded_at, session_id, wire);

CREATE INDEX sessions_by_version on sessions (org_id, listed, version, session_id);

CREATE TABLE sign_ins (
  origin_id text not null primary key,
  token_hash text not null unique,
  user_id text not null references users (user_id) on delete cascade,
  client_id text not null,
  issued_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint
);

CREATE INDEX sign_ins_by_expiry on sign_ins (expires_at);

CREATE INDEX sign_ins_by_user on sign_ins (user_id);

CREATE TABLE signing_keys (
  key_id text not null primary key,
  private_jwk text not null,
  public_jwk text not null,
  created_at bigint not null
);

CREATE TABLE tombstones (
  org_id text not null references organizations (org_id),
  version bigint not null,
  kind text not null,
  record_id text not null,
  deleted_at bigint not null,
  primary key (org_id, version, kind, record_id)
);

CREATE INDEX tombstones_by_kind on tombstones (org_id, kind, version, record_id);

CREATE TABLE users (
  user_id text not null primary key,
  org_id text not null references organizations (org_id),
  username text not null unique,
  role text not null,
  operator smallint not null,
  enabled smallint not null,
  password_hash text not null,
  srp_salt text not null,
  srp_verifier text not null,
  signed_out_at bigint not null,
  created_at bigint not null
);

CREATE INDEX users_by_organization on users (org_id, username);

CREATE TABLE webhook_deliveries (
  org_id text not null references organizations (org_id),
  webhook_id text not null,
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

CREATE TABLE webhooks (
  org_id text not null references organizations (org_id),
  webhook_id text not null,
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

CREATE INDEX webhooks_by_due on webhooks (org_id, due_at, webhook_id);
