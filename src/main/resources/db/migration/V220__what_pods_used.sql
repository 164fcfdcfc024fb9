-- What pods used, as the leader has measured it: by attempt, role, pool and hour. pod_millis: for how long one pod was measured, all together;
-- cpu in thousandths of a processor, memory in bytes, both × milliseconds. Without references: the usage of a deleted job stays.
create table pod_use (
    job        text collate "C" not null,
    attempt    integer          not null,
    role       text collate "C" not null,
    pool       text collate "C" not null,
    hour       timestamptz      not null,
    pod_millis bigint           not null,
    cpu        numeric          not null,
    memory     numeric          not null,
    primary key (job, attempt, role, pool, hour)
);
create index pod_use_hour on pod_use (hour);
