-- What servers on one store tell each other. Small and global, read by primary key.

-- revocations: how often anything was revoked. A server that finds the number it knows need not ask for any token again.
create table counters (
  name text not null primary key,
  value bigint not null
);

-- Failed sign-ins of one name from one address; pair is their hash, because people type passwords where names belong.
create table failed_sign_ins (
  pair text not null primary key,
  failures integer not null,
  ends_at bigint not null
);
create index failed_sign_ins_by_end on failed_sign_ins (ends_at);

-- Every name that this installation's tokens ever had as their issuer: a new public URL ends nobody's sign-in.
create table issuers (
  issuer text not null primary key,
  created_at bigint not null
);
insert into issuers (issuer, created_at) values ('https://kinebase.local/local_kinebase', 0);
