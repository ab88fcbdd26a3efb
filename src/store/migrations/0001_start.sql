-- Times are microseconds since 1970 UTC. Ids are UUIDv7 made by the program. Documents are JSON in text.
-- Tables without org_id first are small and global: they are read at sign-in and cached.

create table organizations (
  org_id text not null primary key,
  name text not null,
  version bigint not null,
  created_at bigint not null
);

create table users (
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
create index users_by_organization on users (org_id, username);

-- org_id null: users of every organization may sign in with this client id.
create table clients (
  client_id text not null primary key,
  org_id text references organizations (org_id),
  name text not null,
  body_form text not null,
  created_at bigint not null
);
create index clients_by_organization on clients (org_id, client_id);

create table api_keys (
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
create index api_keys_by_organization on api_keys (org_id, key_id);

-- One row per sign-in: the refresh token as a hash, and the origin id that the tokens issued from it carry.
create table sign_ins (
  origin_id text not null primary key,
  token_hash text not null unique,
  user_id text not null references users (user_id) on delete cascade,
  client_id text not null,
  issued_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint
);
create index sign_ins_by_user on sign_ins (user_id);
create index sign_ins_by_expiry on sign_ins (expires_at);

create table signing_keys (
  key_id text not null primary key,
  private_jwk text not null,
  public_jwk text not null,
  created_at bigint not null
);

create table secrets (
  name text not null primary key,
  value text not null
);

-- Names are compared byte by byte on both engines, so that a list has one order wherever it is kept.
create table athletes (
  org_id text not null references organizations (org_id),
  athlete_id text not null,
  first_name text not null, -- sqlite
  first_name text collate "C" not null, -- postgres
  last_name text not null, -- sqlite
  last_name text collate "C" not null, -- postgres
  external_id text,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (org_id, athlete_id),
  unique (org_id, external_id)
);

create table assessments (
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
create index assessments_by_athlete on assessments (org_id, athlete_id, held_at);

create table exercises (
  org_id text not null references organizations (org_id),
  exercise_id text not null,
  name text not null, -- sqlite
  name text collate "C" not null, -- postgres
  category text not null,
  primary_channel text,
  polarity smallint not null,
  metrics text,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (org_id, exercise_id),
  unique (org_id, name)
);

-- wire: the session as it stands inside the body string of a page, already escaped.
-- listed is 0 for free sessions. objects is the prefix of the session's objects, below org/<org_id>/.
-- session_id is compared byte by byte on both engines: it is the second half of every page position.
create table sessions (
  org_id text not null references organizations (org_id),
  session_id text not null, -- sqlite
  session_id text collate "C" not null, -- postgres
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
  primary key (org_id, session_id),
  unique (org_id, s3_key),
  foreign key (org_id, athlete_id) references athletes (org_id, athlete_id),
  foreign key (org_id, assessment_id) references assessments (org_id, assessment_id),
  foreign key (org_id, exercise_id) references exercises (org_id, exercise_id)
);
-- A page is one range of this index; the wire text rides along so that no row is looked up.
create index sessions_by_time on sessions (org_id, listed, recorded_at, session_id, wire); -- sqlite
create index sessions_by_time on sessions (org_id, listed, recorded_at, session_id) include (wire); -- postgres
create index sessions_by_athlete on sessions (org_id, athlete_id, listed, recorded_at, session_id);
create index sessions_by_exercise on sessions (org_id, exercise_id, listed, recorded_at, session_id);
create index sessions_by_assessment on sessions (org_id, assessment_id, listed, recorded_at, session_id);
create index sessions_by_name on sessions (org_id, session_name, listed, recorded_at, session_id);

create table tombstones (
  org_id text not null references organizations (org_id),
  version bigint not null,
  kind text not null,
  record_id text not null,
  deleted_at bigint not null,
  primary key (org_id, version, kind, record_id)
);

-- Objects that no row refers to: not yet (written before their row) or no more (the row is deleted). Swept when due;
-- claimed is 1 once a sweep has begun, from when on no row may take them up.
create table loose_objects (
  org_id text not null references organizations (org_id),
  prefix text not null,
  due_at bigint not null,
  claimed smallint not null,
  primary key (org_id, prefix)
);
create index loose_objects_by_due on loose_objects (org_id, due_at);
