-- One row a retraining that a server was asked for.
create table training_run (
  id uuid primary key,
  model text not null,
  -- The registered version; null before.
  version_id bigint references model_version,
  algorithm text not null,
  target text not null,
  state text not null check (state in ('QUEUED', 'VALIDATING', 'PREPARING', 'SEARCHING', 'TRAINING',
    'EVALUATING', 'REGISTERED', 'FAILED', 'CANCELLED')),
  -- What it does, or why it ended.
  message text not null,
  -- The boot of the server that runs it.
  boot uuid not null,
  started_by text not null,
  started_at timestamptz not null default clock_timestamp(),
  changed_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  check ((ended_at is not null) = (state in ('REGISTERED', 'FAILED', 'CANCELLED'))),
  check ((version_id is not null) = (state = 'REGISTERED'))
);

create index training_run_open on training_run (boot) where ended_at is null;
create index training_run_started on training_run (started_at desc);
