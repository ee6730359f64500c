create table model (
  id bigint generated always as identity primary key,
  name text not null unique,
  revision bigint not null default 0,
  created_at timestamptz not null default clock_timestamp()
);

create table model_version (
  id bigint generated always as identity primary key,
  model_id bigint not null references model,
  version text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes > 0),
  state text not null check (state in ('REGISTERED', 'VALIDATED', 'STAGED', 'LIVE', 'ARCHIVED')),
  signature jsonb not null,
  lineage jsonb not null,
  registered_at timestamptz not null default clock_timestamp(),
  registered_by text not null,
  unique (model_id, version)
);

create index model_version_digest on model_version (digest);

create table model_alias (
  model_id bigint not null references model,
  alias text not null,
  version_id bigint not null references model_version,
  primary key (model_id, alias)
);

create index model_alias_version on model_alias (version_id);
