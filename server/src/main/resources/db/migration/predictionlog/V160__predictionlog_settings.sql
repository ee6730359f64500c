-- What the prediction log keeps of a model's requests. The newest row of a model is in force, those
-- before tell what was; a model without one has everything kept.
create table prediction_log_setting (
  id bigint generated always as identity primary key,
  model_id bigint not null references model (id),
  -- Names of columns, inputs, outputs, or tidegate_unit.
  redacted text[] not null,
  -- Share of the requests whose messages are kept.
  sample double precision not null check (sample >= 0 and sample <= 1),
  set_at timestamptz not null default now(),
  set_by text not null
);

create index prediction_log_setting_model on prediction_log_setting (model_id, id desc);
