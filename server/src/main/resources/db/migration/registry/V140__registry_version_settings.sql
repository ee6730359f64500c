-- How a version runs; what is not set is the server's default.
alter table model_version add column settings jsonb not null default '{}';
