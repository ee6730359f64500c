-- The step that a reading is of: what the step before showed says nothing about this one.
alter table rollout_reading add column step int not null default -1;
-- Evidence up to this position cannot be signed any more: a verdict has changed since.
alter table rollout add column unsignable_through bigint not null default 0;
