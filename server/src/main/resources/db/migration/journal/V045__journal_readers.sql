-- One row a boot whose journal this server has opened.
create table journal_boot (
  boot uuid primary key,
  -- Host and directory, so that a later boot knows which journals it must find again.
  place text not null,
  started_at timestamptz not null default clock_timestamp(),
  -- When a later boot had delivered everything to every reader.
  drained_at timestamptz,
  -- When a later boot found the journal gone before it was delivered: a gap.
  lost_at timestamptz
);

-- How far each reader has delivered; changed in the transaction that delivers.
create table journal_reader (
  boot uuid not null,
  reader text not null,
  segment bigint not null,
  position bigint not null,
  -- Events that never reached this reader: not appended, damaged or refused.
  lost bigint not null default 0,
  primary key (boot, reader)
);
