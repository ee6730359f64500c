-- Where a version lives that another server runs; null for one whose artifact is in the store.
alter table model_version add column remote jsonb;
