-- Events without a key hash as before, so that chains of former versions stay valid.
alter table audit_event add column key_id text not null default '';
