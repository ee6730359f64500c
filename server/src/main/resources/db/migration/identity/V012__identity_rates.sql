-- Requests a second that a key may ask of models, and how many at once; null: as the server's setting says.
alter table api_key add column rate double precision check (rate > 0), add column burst integer check (burst > 0);
