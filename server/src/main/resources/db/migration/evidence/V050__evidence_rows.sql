-- One contiguous range of one boot's journal, aggregated.
create table evidence_batch (
  boot uuid not null,
  sequence bigint not null,
  -- Database second through which this boot has delivered with this batch.
  second timestamptz not null,
  replica text not null,
  from_segment bigint not null,
  from_offset bigint not null,
  to_segment bigint not null,
  to_offset bigint not null,
  events bigint not null,
  -- Events that were lost since the batch before: not appended, or damaged.
  lost bigint not null,
  -- Delivered by a later boot, after this one was killed.
  recovered boolean not null,
  primary key (boot, sequence)
);

-- A range is delivered once; empty seconds have an empty range, which may repeat.
create unique index evidence_batch_range on evidence_batch (boot, to_segment, to_offset)
  where (from_segment, from_offset) <> (to_segment, to_offset);
create index evidence_batch_second on evidence_batch (second);

create table evidence_row (
  boot uuid not null,
  sequence bigint not null,
  model_id bigint not null,
  epoch bigint not null,
  -- 1 champion, 2 candidate
  arm smallint not null,
  version_id bigint not null,
  schema smallint not null,
  requests bigint not null,
  errors bigint not null,
  payload bytea not null,
  -- Place in the fold; null until the leader has folded it.
  position bigint,
  late boolean not null default false,
  primary key (boot, sequence, model_id, epoch, arm),
  foreign key (boot, sequence) references evidence_batch
);

create index evidence_row_position on evidence_row (model_id, position);
create index evidence_row_unplaced on evidence_row (boot, sequence) where position is null;
