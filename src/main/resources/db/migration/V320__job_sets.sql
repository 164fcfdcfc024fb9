-- Jobs of a team that belong together by what they say themselves. There is a set where there is a job of it.
alter table job add column job_set text collate "C";
-- One for each list of a set: newest first, by state, by end; by who fell first; and over all teams. Jobs of no set pay for none.
create index job_of_set on job (team, job_set, id) where job_set is not null;
create index job_of_set_state on job (team, job_set, state, id) where job_set is not null;
create index job_of_set_finished on job (team, job_set, coalesce(finished_at, 'infinity'), id) where job_set is not null;
create index job_of_set_failed on job (team, job_set, finished_at, id) where job_set is not null and state in ('FAILED', 'EXPIRED');
create index job_set_any_team on job (job_set, id) where job_set is not null;
-- And the newest of any set, for the largest of them.
create index job_in_a_set on job (id) where job_set is not null;

alter table event add column job_set text collate "C";
create index event_of_set on event (team, job_set, txid, id) where job_set is not null;

-- A view's columns are those of when it was made.
drop view job_with_reasons;
create view job_with_reasons as
    select job.*, job_reason.reasons, job_reason.at as reasons_at
    from job left join job_reason on job_reason.job = job.id;
