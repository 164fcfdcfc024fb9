-- How many jobs there are, by team, queue and state, so that nobody has to count a million of them for a page.
-- Every statement that changes jobs appends what it changed; the leader adds up from time to time. A group is the sum of its rows.
-- Rows are only appended and taken together, so that no transaction waits for another one's.
create table job_count (
    team  text collate "C" not null,
    queue text collate "C" not null,
    state text collate "C" not null,
    jobs  bigint           not null
);
-- Rows come and go by the second.
alter table job_count set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

create function job_count_come() returns trigger language plpgsql as $$
begin
    insert into job_count select team, queue, state, count(*) from came group by team, queue, state;
    return null;
end $$;

create function job_count_gone() returns trigger language plpgsql as $$
begin
    insert into job_count select team, queue, state, -count(*) from gone group by team, queue, state;
    return null;
end $$;

create function job_count_moved() returns trigger language plpgsql as $$
begin
    insert into job_count
        select team, queue, state, sum(jobs) from (
            select team, queue, state, 1 as jobs from came
            union all
            select team, queue, state, -1 from gone
        ) each group by team, queue, state having sum(jobs) <> 0;
    return null;
end $$;

create function job_count_emptied() returns trigger language plpgsql as $$
begin
    delete from job_count;
    return null;
end $$;

create trigger job_count_come after insert on job
    referencing new table as came for each statement execute function job_count_come();
create trigger job_count_gone after delete on job
    referencing old table as gone for each statement execute function job_count_gone();
create trigger job_count_moved after update on job
    referencing new table as came old table as gone for each statement execute function job_count_moved();
create trigger job_count_emptied after truncate on job
    for each statement execute function job_count_emptied();

insert into job_count select team, queue, state, count(*) from job group by team, queue, state;
