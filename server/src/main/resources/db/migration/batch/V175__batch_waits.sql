-- How often in a row the job was put aside because it could not be begun: the pauses grow with it.
alter table batch_job add column waits integer not null default 0;

-- Servers of one database need not share a store. Each removes what was noted for its own;
-- what was noted before this is anybody's.
alter table batch_file add column store text not null default '';
alter table batch_file drop constraint batch_file_pkey;
alter table batch_file add primary key (digest, store);
