-- In which queue an attempt was launched: its job may wait in another one the next time. Null, in rows of before: the job's.
alter table attempt add column launched_in text collate "C";

-- What overlaps a period: attempts that end after it has begun.
create index attempt_ended on attempt (coalesce(ended_at, 'infinity'));

-- Pods above the minimum, each from when it was asked for until it was gone; until is null while it is held. Without references: the
-- usage of a deleted job stays.
create table elastic_pod (
    job     text collate "C" not null,
    attempt integer          not null,
    role    text collate "C" not null,
    index   integer          not null,
    pool    text collate "C" not null,
    since   timestamptz      not null,
    until   timestamptz,
    primary key (job, attempt, role, index)
);
create index elastic_pod_until on elastic_pod (coalesce(until, 'infinity'));

-- Of those of before only the ones that live are known; they count from now.
insert into elastic_pod (job, attempt, role, index, pool, since)
select attempt.job, attempt.number, pod ->> 'role', (pod ->> 'index')::integer, pod ->> 'pool', now()
from attempt, jsonb_array_elements(attempt.elastic -> 'pods') pod
where attempt.state <> 'ENDED';

-- The attempts of deleted jobs, with what usage counts of them.
create table deleted_attempt (
    job          text collate "C" not null,
    number       integer          not null,
    team         text collate "C" not null,
    queue        text collate "C" not null,
    submitted_by text collate "C" not null,
    name         text collate "C" not null,
    shape        jsonb            not null,
    placements   jsonb            not null,
    created_at   timestamptz      not null,
    started_at   timestamptz,
    ended_at     timestamptz      not null,
    outcome      jsonb,
    primary key (job, number)
);
create index deleted_attempt_ended on deleted_attempt (ended_at);

-- What a node of a pool costs in an hour and what it has, from when on. Null: nobody says a price.
create table pool_price (
    pool      text collate "C" not null,
    since     timestamptz      not null,
    price     numeric,
    resources jsonb            not null,
    primary key (pool, since)
);
insert into pool_price (pool, since, price, resources)
select name, created_at, (spec ->> 'price')::numeric, spec -> 'resources' from pool;
