-- One row a batch job: a version that answers all rows of a file.
create table batch_job (
  id uuid primary key,
  version_id bigint not null references model_version,
  state text not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  -- Why it ended so, or what it waits for.
  message text not null default '',
  input_name text not null,
  -- SHA-256 of files in the artifact store, lower-case hex; empty once removed for their age.
  input_digest text not null,
  input_bytes bigint not null,
  output_form text not null check (output_form in ('CSV', 'JSON', 'PARQUET')),
  keep_columns text[] not null,
  -- Of the last attempt.
  row_count bigint not null default 0,
  failed_count bigint not null default 0,
  progress double precision not null default 0 check (progress between 0 and 1),
  attempts integer not null default 0,
  -- The boot of the server that runs it; null while none does.
  boot uuid,
  output_digest text not null default '',
  output_bytes bigint not null default 0,
  submitted_by text not null,
  submitted_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  attempt_at timestamptz,
  changed_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  check ((ended_at is not null) = (state in ('SUCCEEDED', 'FAILED', 'CANCELLED'))),
  check ((boot is not null) = (state = 'RUNNING')),
  check (failed_count <= row_count)
);

create index batch_job_open on batch_job (submitted_at) where ended_at is null;
create index batch_job_submitted on batch_job (submitted_at desc);
create index batch_job_input on batch_job (input_digest);
create index batch_job_output on batch_job (output_digest) where output_digest <> '';
