-- Which object that was created past Muster is which job. Forgotten when the object is gone.
create table external_job (
    key text collate "C" primary key,
    job text collate "C" not null references job (id) on delete cascade
);
create index external_job_job on external_job (job);
