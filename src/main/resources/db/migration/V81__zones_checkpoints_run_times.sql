-- Where all of a gang goes that wants one zone, null for any.
alter table attempt add column zone text;

-- When a job's work was saved last, in which attempt: what it would lose if it were evicted counts from then.
create table job_checkpoint (
    job     text collate "C" primary key references job (id) on delete cascade,
    attempt integer     not null,
    at      timestamptz not null
);

-- How long jobs of one team ran whose names differ only in a number at the end, the latest first.
create index job_run_times on job (team, (regexp_replace(name, '-[0-9]+$', '')), finished_at desc)
    where state = 'SUCCEEDED' and started_at is not null;
