-- What was asked and answered, many predictions a row (docs/decisions/0053). An id is a UUID of
-- version 7, so it begins with the time: a row's predictions are of the same ten seconds, and its
-- partition is the hour, made ahead and dropped by retention.
create table prediction_block (
  -- Ten-second intervals since 1970.
  bucket bigint not null,
  first_id uuid not null,
  last_id uuid not null,
  -- The journal, and the end of the stretch of it that was delivered together.
  boot uuid not null,
  to_segment bigint not null,
  to_position bigint not null,
  events integer not null,
  -- Those that did not succeed on the arm that they were routed to.
  failures integer not null,
  -- How many of each kind; the arrays are of one length. Arms and outcomes by their lasting numbers.
  models bigint[] not null,
  versions bigint[] not null,
  epochs bigint[] not null,
  arms bigint[] not null,
  outcomes bigint[] not null,
  counts bigint[] not null,
  -- Hashes of the clients' own ids; null when none of them sent one.
  clients bigint[],
  -- The predictions, encoded as BlockFormat says.
  body bytea not null,
  primary key (bucket, last_id)
) partition by range (bucket);

-- The embedded PostgreSQL has only its slow compression: it would cost more than the rest.
alter table prediction_block alter column body set storage external;
alter table prediction_block alter column clients set storage external;

create index prediction_block_client on prediction_block using gin (clients) where clients is not null;
create index prediction_block_failed on prediction_block (bucket, last_id) where failures > 0;

-- The log before was one prediction a row. What it holds is converted after the start.
do $$
begin
  if not exists (select from prediction) then
    drop table prediction;
  end if;
end
$$;
