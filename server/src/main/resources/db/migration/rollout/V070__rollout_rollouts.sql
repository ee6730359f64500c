create table rollout (
  id uuid primary key,
  model_id bigint not null,
  champion_id bigint not null,
  candidate_id bigint not null,
  plan text not null,
  plan_digest text not null,
  salt bytea not null,
  state text not null,
  step int not null,
  revision bigint not null,
  reason text not null,
  waiting_for text not null,
  started_by text not null,
  started_by_id text not null,
  started_at timestamptz not null default clock_timestamp(),
  step_entered_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);

create unique index rollout_one_a_model on rollout (model_id) where ended_at is null;
create index rollout_started on rollout (started_at desc);

create table rollout_approval (
  rollout_id uuid not null references rollout (id),
  step int not null,
  principal text not null,
  principal_id text not null,
  reason text not null,
  at timestamptz not null default clock_timestamp(),
  fold_position bigint not null,
  snapshot_digest text not null,
  void boolean not null default false
);

create unique index rollout_approval_one_a_step on rollout_approval (rollout_id, step) where not void;

create table rollout_mark (
  rollout_id uuid not null references rollout (id),
  at timestamptz not null default clock_timestamp(),
  kind text not null,
  label text not null
);

create index rollout_mark_of on rollout_mark (rollout_id, at);

-- At which fold position a route epoch began to count: folding again begins it at the same place.
create table rollout_epoch (
  rollout_id uuid not null references rollout (id),
  epoch bigint not null,
  weight double precision not null,
  begins_after bigint not null,
  primary key (rollout_id, epoch)
);

-- What the leader read last, so that every replica can show it.
create table rollout_reading (
  rollout_id uuid primary key references rollout (id),
  fold_position bigint not null,
  at timestamptz not null,
  reading text not null
);

-- The evidence path, one point for each folded second.
create table rollout_point (
  rollout_id uuid not null references rollout (id),
  fold_position bigint not null,
  at timestamptz not null,
  point text not null,
  primary key (rollout_id, fold_position)
);
