-- The third tier of the prediction log: Parquet files in the artifact store, each of one model and one
-- hour (docs/decisions/0059). A row is written in the transaction that drops the hour's partition, so a
-- prediction is in one tier at any time.
create table prediction_file (
  id bigint generated always as identity primary key,
  model_id bigint not null,
  -- Hours since 1970.
  hour bigint not null,
  -- Below the folder `predictions` of the artifact store.
  path text not null unique,
  sha256 text not null,
  bytes bigint not null,
  predictions bigint not null,
  first_id uuid not null,
  last_id uuid not null,
  -- How many of each kind, as in prediction_block.
  models bigint[] not null,
  versions bigint[] not null,
  epochs bigint[] not null,
  arms bigint[] not null,
  outcomes bigint[] not null,
  counts bigint[] not null,
  -- Bits that the clients' own ids set (ClientFilter); null when none of them sent one.
  clients bytea,
  -- The server whose artifact store got it.
  written_by text not null,
  written_at timestamptz not null default now()
);

-- A look-up reads single bytes of it.
alter table prediction_file alter column clients set storage external;

create index prediction_file_hour on prediction_file (hour, model_id);
