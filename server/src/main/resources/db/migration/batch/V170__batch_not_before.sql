-- Nobody takes a waiting job before then: one whose version is away lets others go first.
alter table batch_job add column not_before timestamptz not null default clock_timestamp();
