create table api_key (
  id text primary key,
  name text not null,
  roles text[] not null,
  digest bytea not null,
  created_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz
);
