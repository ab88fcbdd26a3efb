-- The schema on PostgreSQL after all migrations. Written by: node scripts/dump-schema.mjs

create table api_keys (
  key_id text not null,
  org_id text not null,
  name text not null,
  key_hash text not null,
  scopes text not null,
  body_form text not null,
  expires_at bigint,
  revoked_at bigint,
  created_at bigint not null,
  constraint api_keys_key_hash_key UNIQUE (key_hash),
  constraint api_keys_pkey PRIMARY KEY (key_id),
  constraint api_keys_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id)
);

CREATE INDEX api_keys_by_organization ON api_keys USING btree (org_id, key_id);

create table assessments (
  org_id text not null,
  assessment_id text not null,
  name text not null,
  athlete_id text,
  held_at bigint not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  constraint assessments_pkey PRIMARY KEY (org_id, assessment_id),
  constraint assessments_org_id_athlete_id_fkey FOREIGN KEY (org_id, athlete_id) REFERENCES athletes(org_id, athlete_id),
  constraint assessments_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id)
);

CREATE INDEX assessments_by_athlete ON assessments USING btree (org_id, athlete_id, held_at);

CREATE INDEX assessments_by_version ON assessments USING btree (org_id, version, assessment_id);

alter table assessments enable row level security;
alter table assessments force row level security;
create policy of_organization on assessments using (org_id = current_setting('app.org_id'::text, true)) with check (org_id = current_setting('app.org_id'::text, true));

create table athletes (
  org_id text not null,
  athlete_id text not null,
  first_name text collate "C" not null,
  last_name text collate "C" not null,
  external_id text,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  constraint athletes_org_id_external_id_key UNIQUE (org_id, external_id),
  constraint athletes_pkey PRIMARY KEY (org_id, athlete_id),
  constraint athletes_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id)
);

CREATE INDEX athletes_by_version ON athletes USING btree (org_id, version, athlete_id);

alter table athletes enable row level security;
alter table athletes force row level security;
create policy of_organization on athletes using (org_id = current_setting('app.org_id'::text, true)) with check (org_id = current_setting('app.org_id'::text, true));

create table channels (
  org_id text not null,
  channel text collate "C" not null,
  entry text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  constraint channels_pkey PRIMARY KEY (org_id, channel),
  constraint channels_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id)
);

alter table channels enable row level security;
alter table channels force row level security;
create policy of_organization on channels using (org_id = current_setting('app.org_id'::text, true)) with check (org_id = current_setting('app.org_id'::text, true));

create table clients (
  client_id text not null,
  org_id text,
  name text not null,
  body_form text not null,
  created_at bigint not null,
  constraint clients_pkey PRIMARY KEY (client_id),
  constraint clients_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id)
);

CREATE INDEX clients_by_organization ON clients USING btree (org_id, client_id);

create table counters (
  name text not null,
  value bigint not null,
  constraint counters_pkey PRIMARY KEY (name)
);

create table exercises (
  org_id text not null,
  exercise_id text not null,
  name text collate "C" not null,
  category text not null,
  primary_channel text,
  polarity smallint not null,
  metrics text,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  knee_flexion text not null default 'as recorded'::text,
  constraint exercises_org_id_name_key UNIQUE (org_id, name),
  constraint exercises_pkey PRIMARY KEY (org_id, exercise_id),
  constraint exercises_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id)
);

CREATE INDEX exercises_by_version ON exercises USING btree (org_id, version, exercise_id);

alter table exercises enable row level security;
alter table exercises force row level security;
create policy of_organization on exercises using (org_id = current_setting('app.org_id'::text, true)) with check (org_id = current_setting('app.org_id'::text, true));

create table failed_sign_ins (
  pair text not null,
  failures integer not null,
  ends_at bigint not null,
  constraint failed_sign_ins_pkey PRIMARY KEY (pair)
);

CREATE INDEX failed_sign_ins_by_end ON failed_sign_ins USING btree (ends_at);

create table issuers (
  issuer text not null,
  created_at bigint not null,
  constraint issuers_pkey PRIMARY KEY (issuer)
);

create table jobs (
  org_id text not null,
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
  constraint jobs_pkey PRIMARY KEY (org_id, job_id),
  constraint jobs_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id)
);

CREATE INDEX jobs_by_due ON jobs USING btree (org_id, due_at, job_id);

CREATE INDEX jobs_by_state ON jobs USING btree (org_id, state, updated_at, job_id);

alter table jobs enable row level security;
alter table jobs force row level security;
create policy of_organization on jobs using (org_id = current_setting('app.org_id'::text, true)) with check (org_id = current_setting('app.org_id'::text, true));

create table loose_objects (
  org_id text not null,
  prefix text not null,
  due_at bigint not null,
  claimed smallint not null,
  constraint loose_objects_pkey PRIMARY KEY (org_id, prefix),
  constraint loose_objects_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id)
);

CREATE INDEX loose_objects_by_due ON loose_objects USING btree (org_id, due_at);

alter table loose_objects enable row level security;
alter table loose_objects force row level security;
create policy of_organization on loose_objects using (org_id = current_setting('app.org_id'::text, true)) with check (org_id = current_setting('app.org_id'::text, true));

create table migrations (
  id integer not null,
  name text not null,
  applied_at bigint not null,
  constraint migrations_pkey PRIMARY KEY (id)
);

create table moves (
  org_id text not null,
  version bigint not null,
  session_id text collate "C" not null,
  recorded_at bigint not null,
  constraint moves_pkey PRIMARY KEY (org_id, version, session_id),
  constraint moves_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id)
);

alter table moves enable row level security;
alter table moves force row level security;
create policy of_organization on moves using (org_id = current_setting('app.org_id'::text, true)) with check (org_id = current_setting('app.org_id'::text, true));

create table organizations (
  org_id text not null,
  name text not null,
  version bigint not null,
  created_at bigint not null,
  webhooks integer not null default 0,
  constraint organizations_pkey PRIMARY KEY (org_id)
);

CREATE INDEX organizations_with_webhooks ON organizations USING btree (org_id) WHERE (webhooks > 0);

create table reports (
  org_id text not null,
  session_id text collate "C" not null,
  report_version bigint not null,
  object text not null,
  series_version bigint not null,
  pipeline_version integer not null,
  reason text not null,
  computed_at bigint not null,
  version bigint not null,
  flat text,
  constraint reports_pkey PRIMARY KEY (org_id, session_id, report_version),
  constraint reports_org_id_session_id_fkey FOREIGN KEY (org_id, session_id) REFERENCES sessions(org_id, session_id)
);

alter table reports enable row level security;
alter table reports force row level security;
create policy of_organization on reports using (org_id = current_setting('app.org_id'::text, true)) with check (org_id = current_setting('app.org_id'::text, true));

create table secrets (
  name text not null,
  value text not null,
  constraint secrets_pkey PRIMARY KEY (name)
);

create table sessions (
  org_id text not null,
  session_id text collate "C" not null,
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
  updated_at bigint not null,
  processing text,
  repetitions text,
  pipeline_version integer not null default 1,
  report_changed bigint not null default 0,
  constraint sessions_org_id_s3_key_key UNIQUE (org_id, s3_key),
  constraint sessions_pkey PRIMARY KEY (org_id, session_id),
  constraint sessions_org_id_assessment_id_fkey FOREIGN KEY (org_id, assessment_id) REFERENCES assessments(org_id, assessment_id),
  constraint sessions_org_id_athlete_id_fkey FOREIGN KEY (org_id, athlete_id) REFERENCES athletes(org_id, athlete_id),
  constraint sessions_org_id_exercise_id_fkey FOREIGN KEY (org_id, exercise_id) REFERENCES exercises(org_id, exercise_id)
);

CREATE INDEX sessions_by_assessment ON sessions USING btree (org_id, assessment_id, listed, recorded_at, session_id);

CREATE INDEX sessions_by_athlete ON sessions USING btree (org_id, athlete_id, listed, recorded_at, session_id);

CREATE INDEX sessions_by_exercise ON sessions USING btree (org_id, exercise_id, listed, recorded_at, session_id);

CREATE INDEX sessions_by_name ON sessions USING btree (org_id, session_name, listed, recorded_at, session_id);

CREATE INDEX sessions_by_pipeline ON sessions USING btree (org_id, pipeline_version, session_id);

CREATE INDEX sessions_by_report ON sessions USING btree (org_id, listed, report_changed, session_id);

CREATE INDEX sessions_by_time ON sessions USING btree (org_id, listed, recorded_at, session_id) INCLUDE (wire);

CREATE INDEX sessions_by_version ON sessions USING btree (org_id, listed, version, session_id);

alter table sessions enable row level security;
alter table sessions force row level security;
create policy of_organization on sessions using (org_id = current_setting('app.org_id'::text, true)) with check (org_id = current_setting('app.org_id'::text, true));

create table sign_ins (
  origin_id text not null,
  token_hash text not null,
  user_id text not null,
  client_id text not null,
  issued_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint,
  constraint sign_ins_pkey PRIMARY KEY (origin_id),
  constraint sign_ins_token_hash_key UNIQUE (token_hash),
  constraint sign_ins_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(user_id) ON DELETE CASCADE
);

CREATE INDEX sign_ins_by_expiry ON sign_ins USING btree (expires_at);

CREATE INDEX sign_ins_by_user ON sign_ins USING btree (user_id);

create table signing_keys (
  key_id text not null,
  private_jwk text not null,
  public_jwk text not null,
  created_at bigint not null,
  constraint signing_keys_pkey PRIMARY KEY (key_id)
);

create table tombstones (
  org_id text not null,
  version bigint not null,
  kind text not null,
  record_id text not null,
  deleted_at bigint not null,
  constraint tombstones_pkey PRIMARY KEY (org_id, version, kind, record_id),
  constraint tombstones_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id)
);

CREATE INDEX tombstones_by_kind ON tombstones USING btree (org_id, kind, version, record_id);

alter table tombstones enable row level security;
alter table tombstones force row level security;
create policy of_organization on tombstones using (org_id = current_setting('app.org_id'::text, true)) with check (org_id = current_setting('app.org_id'::text, true));

create table users (
  user_id text not null,
  org_id text not null,
  username text not null,
  role text not null,
  operator smallint not null,
  enabled smallint not null,
  password_hash text not null,
  srp_salt text not null,
  srp_verifier text not null,
  signed_out_at bigint not null,
  created_at bigint not null,
  constraint users_pkey PRIMARY KEY (user_id),
  constraint users_username_key UNIQUE (username),
  constraint users_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id)
);

CREATE INDEX users_by_organization ON users USING btree (org_id, username);

create table webhook_deliveries (
  org_id text not null,
  webhook_id text collate "C" not null,
  number bigint not null,
  delivery_id text not null,
  started_at bigint not null,
  duration_ms bigint not null,
  status integer,
  error text,
  attempt integer not null,
  changes integer not null,
  test smallint not null,
  constraint webhook_deliveries_pkey PRIMARY KEY (org_id, webhook_id, number),
  constraint webhook_deliveries_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id),
  constraint webhook_deliveries_org_id_webhook_id_fkey FOREIGN KEY (org_id, webhook_id) REFERENCES webhooks(org_id, webhook_id)
);

alter table webhook_deliveries enable row level security;
alter table webhook_deliveries force row level security;
create policy of_organization on webhook_deliveries using (org_id = current_setting('app.org_id'::text, true)) with check (org_id = current_setting('app.org_id'::text, true));

create table webhooks (
  org_id text not null,
  webhook_id text collate "C" not null,
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
  constraint webhooks_pkey PRIMARY KEY (org_id, webhook_id),
  constraint webhooks_org_id_fkey FOREIGN KEY (org_id) REFERENCES organizations(org_id)
);

CREATE INDEX webhooks_by_due ON webhooks USING btree (org_id, due_at, webhook_id);

alter table webhooks enable row level security;
alter table webhooks force row level security;
create policy of_organization on webhooks using (org_id = current_setting('app.org_id'::text, true)) with check (org_id = current_setting('app.org_id'::text, true));
