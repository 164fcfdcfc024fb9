-- By which name others know what an attempt of a job runs that was created past Muster: an application of Spark, in its event log.
create table external_run (
    job text collate "C" not null references job (id) on delete cascade,
    attempt int not null,
    application text not null,
    primary key (job, attempt)
);
