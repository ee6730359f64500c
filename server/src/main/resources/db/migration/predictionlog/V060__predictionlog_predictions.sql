-- What was asked and answered. The id is a UUID of version 7, so it begins with the time and
-- chooses the partition: one an hour, made ahead and dropped by retention.
create table prediction (
  id uuid not null,
  at timestamptz not null,
  boot uuid not null,
  client_id text not null,
  model_id bigint not null,
  routed_version_id bigint not null,
  answered_version_id bigint,
  route_epoch bigint not null,
  -- 1 champion, 2 candidate
  arm smallint not null,
  -- 1 champion, 2 candidate, 3 route_stale, 4 pinned, 5 failover
  reason smallint not null,
  -- 1 OK, 2 FAILED, 3 CANCELLED, 4 LATE
  outcome smallint not null,
  in_evidence boolean not null,
  unit_hash bigint not null,
  total_micros integer not null,
  queue_micros integer not null,
  compute_micros integer not null,
  error text not null,
  request_size integer not null,
  response_size integer not null,
  -- The messages on the wire, or their SHA-256 where they are larger than the journal's cap.
  request bytea,
  response bytea,
  request_sha256 bytea,
  response_sha256 bytea,
  primary key (id)
) partition by range (id);

create index prediction_client on prediction (client_id) where client_id <> '';
create index prediction_failed on prediction (model_id, id) where outcome <> 1;
