-- A name stands for one key that is not revoked.
update api_key set name = name || ' ' || id
where revoked_at is null and exists (
  select from api_key older
  where older.name = api_key.name and older.revoked_at is null
    and (older.created_at, older.id) < (api_key.created_at, api_key.id));

create unique index api_key_live_name on api_key (name) where revoked_at is null;
