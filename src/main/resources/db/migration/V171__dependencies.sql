-- Whom blocked jobs wait for. Without a reference to the other one: it may be deleted, its last move stays told.
create table job_dependency (
    job       text collate "C" not null references job (id) on delete cascade,
    needs     text collate "C" not null check (needs <> job),
    condition text collate "C" not null check (condition in ('SUCCEEDED', 'FINISHED', 'FAILED')),
    met       boolean          not null default false,
    primary key (job, needs, condition)
);
create index job_dependency_needs on job_dependency (needs);
create index job_blocked on job (id) where state = 'BLOCKED';
