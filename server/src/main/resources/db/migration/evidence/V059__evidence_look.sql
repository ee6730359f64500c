-- The first position that the same look folded: folding again takes the looks where they were taken.
alter table evidence_row add column look bigint;
update evidence_row set look = position where position is not null;
