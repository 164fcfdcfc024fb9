-- What retry rules have changed for later attempts of a job: more memory, other nodes.
alter table job add column changes jsonb not null default '[]';

-- A view's columns are those of when it was made.
drop view job_with_reasons;
create view job_with_reasons as
    select job.*, job_reason.reasons, job_reason.at as reasons_at
    from job left join job_reason on job_reason.job = job.id;
