create table audit_event (
  sequence bigint primary key,
  at timestamptz not null,
  principal text not null,
  action text not null,
  subject text not null,
  detail text not null,
  hash bytea not null check (length(hash) = 32)
);

create index audit_event_subject on audit_event (subject, sequence);

create table audit_head (
  only_row boolean primary key default true check (only_row),
  sequence bigint not null,
  hash bytea not null
);

insert into audit_head (sequence, hash)
values (0, decode(repeat('00', 32), 'hex'));

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit events are never changed or deleted';
end $$;

create trigger audit_event_append_only before update or delete or truncate on audit_event
for each statement execute function audit_is_append_only();
