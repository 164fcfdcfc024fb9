-- Pods of an attempt above its gang's minimum, and the job for which it was evicted.
alter table attempt
    add column elastic jsonb not null default '{}',
    add column leaving_for text collate "C";

-- How often the job was evicted: its eviction budget counts it.
alter table job add column evictions integer not null default 0 check (evictions >= 0);

drop view job_with_reasons;
create view job_with_reasons as
    select job.*, job_reason.reasons, job_reason.at as reasons_at
    from job left join job_reason on job_reason.job = job.id;

-- What the planner remembers of a waiting job from plan to plan: how often later ones started before it, and the room that
-- is being made for it.
create table job_wait (
    job    text collate "C" primary key references job (id) on delete cascade,
    passed integer not null check (passed >= 0),
    claim  jsonb   not null
);

-- What each leaf used of late, as a decaying mean at that time.
create table queue_use (
    queue text collate "C" primary key,
    used  jsonb       not null,
    at    timestamptz not null
);
