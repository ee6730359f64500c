create table route_epoch (
  only_row boolean primary key default true check (only_row),
  epoch bigint not null
);

insert into route_epoch (epoch) values (0);

create table route (
  epoch bigint primary key,
  model_id bigint not null,
  champion_id bigint not null,
  candidate_id bigint,
  weight double precision not null check (weight >= 0 and weight < 1),
  salt bytea not null check (length(salt) = 16),
  rollout_id uuid,
  slow jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  check (candidate_id is not null or weight = 0)
);

create index route_model on route (model_id, epoch desc);
create index route_rollout on route (rollout_id, epoch) where rollout_id is not null;

create table installation (
  only_row boolean primary key default true check (only_row),
  unit_key bytea not null check (length(unit_key) = 16)
);
