-- Routes that a replica has seen and cannot put in force yet, because a version of theirs is not loaded there.
alter table replica add column waiting_epochs bigint[] not null default '{}';
