-- Files of batch jobs in the artifact store: noted before a file comes in and forgotten after it is
-- removed, so that what a killed server left can be told from what somebody needs.
create table batch_file (
  digest text primary key,
  bytes bigint not null,
  noted_at timestamptz not null default now()
);

insert into batch_file (digest, bytes)
select input_digest, max(input_bytes) from batch_job where input_digest <> '' group by input_digest
union
select output_digest, max(output_bytes) from batch_job where output_digest <> '' group by output_digest
on conflict do nothing;
