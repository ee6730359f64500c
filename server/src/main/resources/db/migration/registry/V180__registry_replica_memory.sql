-- What the versions in a replica's memory may need together and are taken to need, as it said last; no row once it ended in order.
create table replica_memory (
  boot uuid primary key references replica on delete cascade,
  budget_bytes bigint not null,
  taken_bytes bigint not null
);

-- Versions that a replica has in memory, loads, or failed to load lately.
create table replica_version (
  boot uuid not null references replica_memory on delete cascade,
  version_id bigint not null references model_version on delete cascade,
  state text not null,
  bytes bigint not null,
  -- Why it could not be loaded; empty when it could.
  reason text not null,
  since timestamptz not null default clock_timestamp(),
  primary key (boot, version_id)
);

create index replica_version_version on replica_version (version_id);
