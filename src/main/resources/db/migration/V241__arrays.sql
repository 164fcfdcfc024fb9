-- Jobs that were submitted as one. What ended is written once, so that nobody counts ten thousand children to know it.
create table job_array (
    id           text collate "C" primary key check (length(id) = 26),
    team         text collate "C" not null,
    name         text collate "C" not null,
    size         integer          not null check (size > 0),
    parallelism  integer check (parallelism > 0),
    submitted_by text collate "C" not null,
    submitted_at timestamptz      not null,
    state        text collate "C" check (state in ('SUCCEEDED', 'FAILED', 'CANCELLED')),
    ended_at     timestamptz,
    check ((ended_at is null) = (state is null))
);
create index job_array_team on job_array (team, id);
create index job_array_open on job_array (id) where state is null;

alter table job add column array_id text collate "C";
alter table job add column array_index integer;
create index job_of_array on job (array_id, array_index, id) where array_id is not null;
-- Those that have not ended: few of many, and asked for each second.
create index job_of_array_open on job (array_id, state, array_index)
    where array_id is not null and state not in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED');

-- A view's columns are those of when it was made.
drop view job_with_reasons;
create view job_with_reasons as
    select job.*, job_reason.reasons, job_reason.at as reasons_at
    from job left join job_reason on job_reason.job = job.id;
