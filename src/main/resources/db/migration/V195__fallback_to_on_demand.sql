-- Its roles that want spot nodes first may use others.
alter table job_wait add column on_demand boolean not null default false;

-- What was set apart for an attempt that may use nodes that are not spot: what it costs at most, and in which time. What it took
-- of that follows from its attempt. Kept beside deleted jobs, which do not give a team its budget back.
create table on_demand_grant (
    job     text collate "C" not null,
    attempt integer          not null,
    team    text collate "C" not null,
    at      timestamptz      not null,
    cost    numeric          not null check (cost >= 0),
    seconds bigint           not null check (seconds > 0),
    rule    text             not null,
    primary key (job, attempt)
);
create index on_demand_grant_at on on_demand_grant (at);
