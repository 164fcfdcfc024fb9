-- How pods ended that their gang's leader had made, as Spark's driver makes its executors: another takes the place of one that
-- ended, so that what is kept with the attempt at its end would not tell of it.
create table pod_end (
    job     text collate "C" not null,
    attempt integer          not null,
    pod     text collate "C" not null,
    status  jsonb            not null,
    primary key (job, attempt, pod),
    foreign key (job, attempt) references attempt (job, number) on delete cascade
);
