-- From when a waiting job's age counts in its queue: an attempt that ended for what is the platform's fault costs it no place.
-- Null, in rows of before: from queued_at.
alter table job add column aged_from timestamptz;
update job set aged_from = queued_at where queued_at is not null and state not in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED');

-- A view's columns are those of when it was made.
drop view job_with_reasons;
create view job_with_reasons as
    select job.*, job_reason.reasons, job_reason.at as reasons_at
    from job left join job_reason on job_reason.job = job.id;
