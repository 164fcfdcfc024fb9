-- When a job that has ended is deleted because its submitter said so; null: never.
alter table job add column delete_at timestamptz;
create index job_delete_at on job (delete_at) where delete_at is not null;

-- Events come in the order of their times but for seconds, so that a few bytes a megabyte find the old ones.
create index event_at on event using brin (at) with (pages_per_range = 32);

-- A view's columns are those of when it was made.
drop view job_with_reasons;
create view job_with_reasons as
    select job.*, job_reason.reasons, job_reason.at as reasons_at
    from job left join job_reason on job_reason.job = job.id;
