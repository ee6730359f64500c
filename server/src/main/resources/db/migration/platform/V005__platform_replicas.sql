create table leadership (
  only_row boolean primary key default true check (only_row),
  epoch bigint not null,
  replica uuid,
  since timestamptz
);

insert into leadership (epoch) values (0);

create table replica (
  boot uuid primary key,
  name text not null,
  started_at timestamptz not null default clock_timestamp(),
  lease_until timestamptz not null,
  acknowledged_epoch bigint not null default 0,
  acknowledged_at timestamptz
);

create table request_done (
  principal text not null,
  method text not null,
  request_id text not null,
  response bytea not null,
  at timestamptz not null default clock_timestamp(),
  primary key (principal, method, request_id)
);
