-- SHA-256 of what was asked for: a request id that comes again with something else is a mistake.
alter table request_done add column asked bytea not null default '';
