-- What stands in for a model's champion; the newest row of a model counts, former ones are its history.
create table fallback (
  revision bigint generated always as identity primary key,
  model_id bigint not null references model,
  -- An earlier version that is asked first; null for none.
  version_id bigint references model_version,
  -- Rules that are asked then; empty for none.
  rules text not null,
  created_at timestamptz not null default clock_timestamp(),
  created_by text not null
);

create index fallback_model on fallback (model_id, revision desc);
