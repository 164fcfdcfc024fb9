-- Who changed what: appended to in the transaction that makes the change, and never changed. What the planner decides by itself is in
-- the events; here is what somebody wanted. Whoever is the owner of the table can still drop the trigger: copies go elsewhere by export.
create table change_record (
    id      bigint generated always as identity primary key,
    at      timestamptz      not null,
    actor   text collate "C" not null,
    -- How the actor was known: TOKEN, SESSION, ISSUED_TOKEN; null: no call, the service did it in somebody's name.
    means   text collate "C",
    token   text collate "C",
    address text,
    agent   text,
    type    text collate "C" not null,
    team    text collate "C",
    name    text             not null,
    before  jsonb,
    after   jsonb,
    why     text,
    trace   text collate "C"
);
create index change_record_actor on change_record (actor, id);
create index change_record_team on change_record (team, id) where team is not null;
create index change_record_name on change_record (name, id);
create index change_record_at on change_record (at);

create function change_record_stays() returns trigger language plpgsql as $$
begin
    raise exception 'change_record is appended to and never changed: % refused', tg_op;
end $$;
create trigger change_record_stays before update or delete or truncate on change_record
    for each statement execute function change_record_stays();
